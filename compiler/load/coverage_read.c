/* Reads <coverage> of vade.xml: the coverage rule of a project. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/text.h"
#include "load/config_xml.h"
#include "load/project_read.h"
#include "model/axis_tokens.h"

/* What a rule can count by: trees and sets. */
static void
refuse_axes(struct config *config, const struct project *project,
    const xmlNode *node)
{
	struct buf names = { 0 };

	for (size_t i = 0; i < project->axes.count; i++)
		if (project->axes.axes[i].kind != AXIS_ORDERED)
			buf_add_format(&names, "%s%s",
			    names.size > 0 ? ", " : "",
			    project->axes.axes[i].id);
	config_refuse_value(config, node, "axes", buf_text(&names));
	buf_clear(&names);
}

/* An exception speaks of the rule's axes, of each once. */
static void
refuse_other_axis(struct config *config, const struct project *project,
    const xmlNode *node)
{
	const struct coverage *coverage = &project->coverage;
	struct buf names = { 0 };

	for (size_t i = 0; i < coverage->axis_count; i++)
		buf_add_format(&names, "%s%s", i > 0 ? ", " : "",
		    project->axes.axes[coverage->axes[i]].id);
	config_refuse_value(config, node, "axis", buf_text(&names));
	buf_clear(&names);
}

/* The index of an axis by its id, AXIS_NONE if it is none to count by. */
static int
find_axis(const struct project *project, const char *id)
{
	int axis = axes_find(&project->axes, id);

	return axis == AXIS_NONE ||
		project->axes.axes[axis].kind == AXIS_ORDERED
	    ? AXIS_NONE
	    : axis;
}

static bool
add_axis(const struct project *project, struct coverage *coverage,
    const char *token, size_t len)
{
	char *id = mem_dup_len(token, len);
	int axis = find_axis(project, id);

	free(id);
	if (axis == AXIS_NONE || coverage->axis_count == COVERAGE_AXES ||
	    (coverage->axis_count > 0 && coverage->axes[0] == axis))
		return false;
	coverage->axes[coverage->axis_count++] = axis;
	return true;
}

static void
read_axes(struct config *config, struct project *project, const xmlNode *node)
{
	const char *at = node_attribute(node, "axes");
	bool known = true;
	const char *token;
	size_t len;

	while (known && (token = text_next_token(&at, &len)) != NULL)
		known = add_axis(project, &project->coverage, token, len);
	if (!known)
		refuse_axes(config, project, node);
}

static void
read_least(struct config *config, struct coverage *coverage,
    const xmlNode *node)
{
	const char *text = node_attribute(node, "least");

	coverage->place = config_place(config, node, "least");
	coverage->least = strtoul(text, NULL, 10);
}

/* <values axis="…">tokens</values> of an exception. */
static void
read_values(struct config *config, const struct project *project,
    struct coverage_except *except, const xmlNode *node)
{
	const struct coverage *coverage = &project->coverage;
	int at = find_axis(project, node_attribute(node, "axis"));
	struct axis_tokens_origin origin = {
		source_tag_place(config->reader->sources,
		    book_place(&config->book, node)),
		NULL
	};
	const struct axis *axis;
	char *tokens;
	size_t i = 0;

	while (i < coverage->axis_count && coverage->axes[i] != at)
		i++;
	if (i == coverage->axis_count || except->values[i] != NULL) {
		refuse_other_axis(config, project, node);
		return;
	}
	axis = &project->axes.axes[at];
	tokens = node_text_dup(node);
	except->values[i] = mem_array(axis->words, sizeof(uint64_t));
	if (axis_tokens_parse(axis, tokens, false, &origin, except->values[i],
		config->reader->diag) != 0)
		config->failed = true;
	free(tokens);
}

static void
read_except(struct config *config, struct project *project, const xmlNode *node)
{
	struct coverage *coverage = &project->coverage;
	struct coverage_except *except;

	except = list_add(coverage->excepts, coverage->except_count,
	    coverage->except_capacity);
	memset(except, 0, sizeof(*except));
	except->reason = mem_dup(node_attribute(node, "reason"));
	except->place = source_tag_place(config->reader->sources,
	    book_place(&config->book, node));
	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child))
		if (config_is(config, child, "values"))
			read_values(config, project, except, child);
}

void
coverage_read_settings(struct config *config, struct project *project,
    const xmlNode *node)
{
	struct coverage *coverage = &project->coverage;

	read_axes(config, project, node);
	read_least(config, coverage, node);
	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child))
		if (config_is(config, child, "except"))
			read_except(config, project, child);
}
