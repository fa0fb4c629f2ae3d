#include "qr.h"

#include <qrencode.h>

#include "base/buf.h"

enum { QUIET = 4 }; /* modules around the code, ISO/IEC 18004 section 6.3.8 */

/* Dark modules that touch in a row are one box: no seams where they meet. */
static void
draw_row(struct buf *path, const QRcode *code, int y)
{
	const unsigned char *row = code->data + (size_t)(y * code->width);

	for (int x = 0; x < code->width; x++) {
		int first = x;

		while (x < code->width && (row[x] & 1) != 0)
			x++;
		if (x > first)
			buf_add_format(path, "M%d %dh%dv1h-%dz", first + QUIET,
			    y + QUIET, x - first, x - first);
	}
}

char *
qr_draw(const char *text)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct buf svg = { 0 };
	int size;

	if (code == NULL)
		return NULL;
	size = code->width + 2 * QUIET;
	buf_add_format(&svg,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
	    "height=\"%d\" viewBox=\"0 0 %d %d\">"
	    "<path fill=\"#fff\" d=\"M0 0h%dv%dh-%dz\"/>"
	    "<path fill=\"#000\" d=\"",
	    size, size, size, size, size, size, size);
	for (int y = 0; y < code->width; y++)
		draw_row(&svg, code, y);
	buf_add_text(&svg, "\"/></svg>\n");
	QRcode_free(code);
	return buf_take(&svg);
}
