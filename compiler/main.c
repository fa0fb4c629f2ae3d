/* The program: everything else is in libvade.a, so that tests link it. */
#include "cli/command.h"

int
main(int count, char **words)
{
	return command_main(count, words);
}
