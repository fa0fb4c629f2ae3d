#include "memo.h"

#include "base/alloc.h"

static void
put(struct memo *memo, uint64_t key, uint32_t value)
{
	size_t i = memo_hash(key);

	while (memo->slots[i & memo->mask].key != 0)
		i++;
	memo->slots[i & memo->mask] = (struct memo_slot){ key, value };
}

static void
grow(struct memo *memo)
{
	struct memo old = *memo;
	size_t size = old.slots != NULL ? (old.mask + 1) * 2 : 1024;

	memo->slots = mem_array(size, sizeof(*memo->slots));
	memo->mask = size - 1;
	for (size_t i = 0; old.slots != NULL && i <= old.mask; i++)
		if (old.slots[i].key != 0)
			put(memo, old.slots[i].key, old.slots[i].value);
	memo_clear(&old);
}

void
memo_put(struct memo *memo, uint64_t key, uint32_t value)
{
	if (memo->slots == NULL || memo->count * 2 > memo->mask)
		grow(memo);
	put(memo, key, value);
	memo->count++;
}
