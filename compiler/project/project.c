#include "project.h"

struct view
project_view(const struct edition *edition, const struct book *book,
    size_t handbook)
{
	struct view view = view_open(edition, book, handbook);

	copy_selected(&view);
	repair_view(&view);
	return view;
}

void
project_annotate(struct view *view)
{
	task_annotate(view);
	handoff_directory_add(view);
}
