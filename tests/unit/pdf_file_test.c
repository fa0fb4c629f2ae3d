/* extract/pdf_file: what a stream of a PDF holds, whatever packs it. */
#include "unit.h"

#include <zlib.h>

#include "base/buf.h"
#include "extract/pdf_file.h"

/* A PDF of one stream, deflated. */
static void
make_pdf(struct buf *pdf, const char *parms, const unsigned char *data,
    size_t size)
{
	unsigned char packed[256];
	uLongf packed_size = sizeof(packed);
	size_t object;
	size_t xref;

	assert_int_equal(compress(packed, &packed_size, data, size), Z_OK);
	buf_add_text(pdf, "%PDF-1.7\n");
	object = pdf->size;
	buf_add_format(pdf,
	    "1 0 obj\n<< /Length %zu /Filter /FlateDecode"
	    " /DecodeParms << %s >> >>\nstream\n",
	    (size_t)packed_size, parms);
	buf_add(pdf, (const char *)packed, packed_size);
	buf_add_text(pdf, "\nendstream\nendobj\n");
	xref = pdf->size;
	buf_add_format(pdf,
	    "xref\n0 2\n0000000000 65535 f \n%010zu 00000 n \n"
	    "trailer\n<< /Size 2 >>\nstartxref\n%zu\n%%%%EOF\n",
	    object, xref);
}

/* Rows of two columns of two bytes, predicted in each of PNG's five ways (the
 * first byte of a row). The third byte of the second row is predicted by the
 * corner, which neither the byte before nor the one above is. */
static void
test_each_prediction_is_undone(void **state)
{
	static const unsigned char predicted[] = { 0, 40, 1, 30, 1, 4, 10, 0, 7,
		5, 1, 1, 2, 3, 4, 2, 1, 1, 1, 1, 3, 10, 10, 1, 1 };
	static const unsigned char plain[] = { 40, 1, 30, 1, 50, 1, 47, 6, 1, 2,
		4, 6, 2, 3, 5, 7, 11, 11, 9, 10 };
	struct buf bytes = { 0 };
	struct buf out = { 0 };
	struct pdf pdf = { 0 };

	(void)state;
	make_pdf(&bytes, "/Predictor 15 /Colors 2 /Columns 2", predicted,
	    sizeof(predicted));
	pdf_open(&pdf, bytes.data, bytes.size);
	assert_non_null(pdf_find(&pdf, 1));
	assert_true(pdf_stream(&pdf, pdf_find(&pdf, 1), &out));
	assert_int_equal(out.size, sizeof(plain));
	assert_memory_equal(out.data, plain, sizeof(plain));
	pdf_clear(&pdf);
	buf_clear(&bytes);
	buf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_prediction_is_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
