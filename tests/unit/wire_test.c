/* publish/wire: frames over a pipe; broken ones break it, partial ones wait. */
#include "unit.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/root_file.h"
#include "publish/wire.h"

/* Reads to the end of the pipe; the writing end must be closed. */
static void
fill_all(struct wire *wire)
{
	int rc;

	while ((rc = wire_fill(wire)) > 0)
		;
	CHECK(rc == 0, "the pipe ends");
}

static void
frames_come_back_in_order(void)
{
	static const struct {
		enum wire_kind kind;
		const char *name;
		const char *bytes;
		size_t size;
	} rows[] = {
		{ WIRE_FILE, "a/b/index.html", "<html>\0</html>", 14 },
		{ WIRE_DIAG, "", "\1\2\3", 3 },
		{ WIRE_PLAN, "74", NULL, 0 },
		{ WIRE_KEEP, "police/police-officer/en", "", 0 },
		{ WIRE_JOB_DONE, "ñ", "x", 1 },
	};
	struct wire wire = { 0 };
	struct wire_frame frame;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK(wire_send(ends[1], rows[i].kind, rows[i].name,
			  rows[i].bytes, rows[i].size) == 0,
		    "send %zu", i);
	close(ends[1]);
	wire.fd = ends[0];
	fill_all(&wire);
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (!CHECK(wire_next(&wire, &frame), "frame %zu", i))
			break;
		CHECK(frame.kind == rows[i].kind &&
			frame.size == rows[i].size &&
			(frame.size == 0 ||
			    memcmp(frame.bytes, rows[i].bytes, frame.size) ==
				0),
		    "frame %zu: kind %d, %zu bytes", i, frame.kind, frame.size);
		CHECK_TEXT(frame.name, rows[i].name, "name %zu", i);
	}
	CHECK(!wire_next(&wire, &frame), "no more frames");
	CHECK(!wire.broken && wire.used == wire.buf.size, "nothing is left");
	wire_clear(&wire);
	CHECK(wire.fd == -1, "closed");
}

static void
large_frames_cross_in_pieces(void)
{
	enum { SIZE = 3 << 20 };
	struct wire wire = { 0 };
	struct wire_frame frame;
	char *bytes = mem_alloc(SIZE);
	int ends[2];
	int status;
	int frames = 0;
	pid_t pid;

	for (size_t i = 0; i < SIZE; i++)
		bytes[i] = (char)(i * 31 >> 3);
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		int rc = 0;

		/* Else the sender would outlive a receiver that failed. */
		close(ends[0]);
		for (int i = 0; i < 3; i++)
			rc |= wire_send(ends[1], WIRE_FILE, "large", bytes,
			    SIZE - (size_t)i);
		_exit(rc == 0 ? 0 : 1);
	}
	close(ends[1]);
	wire.fd = ends[0];
	while (wire_fill(&wire) > 0) {
		while (wire_next(&wire, &frame)) {
			CHECK(frame.size == SIZE - (size_t)frames &&
				memcmp(frame.bytes, bytes, frame.size) == 0,
			    "frame %d: %zu bytes", frames, frame.size);
			frames++;
		}
	}
	waitpid(pid, &status, 0);
	CHECK(status == 0, "the sender: %d", status);
	CHECK(frames == 3, "%d frames", frames);
	CHECK(wire.used == wire.buf.size, "nothing is left");
	wire_clear(&wire);
	free(bytes);
}

static void
a_partial_frame_is_no_frame(void)
{
	struct wire all = { 0 };
	struct wire_frame frame;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	wire_send(ends[1], WIRE_FILE, "name", "bytes", 5);
	close(ends[1]);
	all.fd = ends[0];
	fill_all(&all);
	for (size_t size = 0; size < all.buf.size; size++) {
		struct wire wire = { .fd = -1 };

		buf_add(&wire.buf, all.buf.data, size);
		CHECK(!wire_next(&wire, &frame), "%zu bytes", size);
		CHECK(!wire.broken && wire.used == 0,
		    "%zu bytes are kept for more", size);
		buf_add(&wire.buf, all.buf.data + size, all.buf.size - size);
		CHECK(wire_next(&wire, &frame) && frame.size == 5,
		    "the rest after %zu bytes", size);
		wire_clear(&wire);
	}
	wire_clear(&all);
}

static void
broken_frames_break_the_wire(void)
{
	static const struct {
		const char *name;
		uint32_t kind;
		uint32_t name_size;
		uint64_t size;
		bool broken;
	} rows[] = {
		{ "right", WIRE_FILE, 2, 1, false },
		{ "last kind", WIRE_KINDS - 1, 2, 1, false },
		{ "no kind", 0, 2, 1, true },
		{ "kind too high", WIRE_KINDS, 2, 1, true },
		{ "kind far too high", 0xffffffff, 2, 1, true },
		{ "no name", WIRE_FILE, 0, 1, true },
		{ "name not ended", WIRE_FILE, 1, 2, true },
		{ "long name", WIRE_FILE, 4097, 1, true },
		{ "endless name", WIRE_FILE, 0xffffffff, 1, true },
		{ "too large", WIRE_FILE, 2, (512u << 20) + 1, true },
		{ "overflow", WIRE_FILE, 2, UINT64_MAX, true },
		{ "high half", WIRE_FILE, 2, UINT64_C(1) << 32, true },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct wire wire = { .fd = -1 };
		struct wire_frame frame;
		bool got;

		buf_add_u32(&wire.buf, rows[i].kind);
		buf_add_u32(&wire.buf, rows[i].name_size);
		buf_add_u32(&wire.buf, (uint32_t)rows[i].size);
		buf_add_u32(&wire.buf, (uint32_t)(rows[i].size >> 32));
		buf_add(&wire.buf, "n\0x", 3);
		got = wire_next(&wire, &frame);
		CHECK(got == !rows[i].broken && wire.broken == rows[i].broken,
		    "%s: frame %d, broken %d", rows[i].name, got, wire.broken);
		if (rows[i].broken) {
			/* A right frame behind it does not mend it. */
			wire.used = wire.buf.size;
			buf_add(&wire.buf, "\1\0\0\0\2\0\0\0\0\0\0\0\0\0\0\0n",
			    18);
			CHECK(!wire_next(&wire, &frame), "%s: still broken",
			    rows[i].name);
		}
		wire_clear(&wire);
	}
}

static void
a_gone_reader_is_an_error(void)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	signal(SIGPIPE, SIG_IGN);
	CHECK(wire_send(ends[1], WIRE_FILE, "n", "b", 1) == -1, "send");
	signal(SIGPIPE, SIG_DFL);
	close(ends[1]);
}

static void
a_bad_end_is_an_error(void)
{
	struct wire wire = { .fd = -1 };

	CHECK(wire_fill(&wire) == -1, "fill from nothing");
	wire_clear(&wire);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(frames_come_back_in_order),
		UNIT(large_frames_cross_in_pieces),
		UNIT(a_partial_frame_is_no_frame),
		UNIT(broken_frames_break_the_wire),
		UNIT(a_gone_reader_is_an_error),
		UNIT(a_bad_end_is_an_error),
	};

	return cmocka_run_group_tests_name("publish/wire", tests, NULL, NULL);
}
