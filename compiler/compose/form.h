/*
 * Forms that can be filled in. A form is a section[@role='form']; its fields
 * are the rows of its table[@role='fields'] (the first cell names the field,
 * the others say what it is for) and the items of its check-lists. Used by
 * the worker, before the stylesheets run.
 * Invariant: told from the projected tree alone; a form without a field that
 * this handbook shows has no sheet.
 */
#ifndef VADE_COMPOSE_FORM_H
#define VADE_COMPOSE_FORM_H

#include "project/view.h"

/*
 * Gives each form that has fields the name of its sheet (v:sheet), and each
 * procedure the list of the forms that it cites (v:forms), in the order in
 * which it cites them. Linear in the nodes and citations.
 */
void form_add(struct view *view);

#endif
