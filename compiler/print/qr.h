/*
 * QR codes as SVG, drawn with libqrencode: byte mode, error correction M.
 * Used by print/document.c.
 * Invariant: the same text gives the same drawing, with the quiet zone that
 * the standard (ISO/IEC 18004) asks for.
 */
#ifndef VADE_PRINT_QR_H
#define VADE_PRINT_QR_H

/* The drawing of a text; NULL if it is too long for a code. The caller frees.
 */
char *qr_draw(const char *text);

#endif
