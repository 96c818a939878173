/*
 * verdicts: which scripts had to be ended, as if searches ran one by one.
 *
 * An expression that was the end of a program is not tried again, and after so
 * many ends none is.  Searches run at the same time, though, and one may not know
 * yet of an end that comes before its own turn.  So each keeps what it asked
 * and what was said to that; when all have run, those are named that would
 * have heard otherwise, to be run again.
 */
#ifndef VAULTSITE_SCRIPT_VERDICTS_H
#define VAULTSITE_SCRIPT_VERDICTS_H

#include <stdint.h>

#include "base/arena.h"

struct verdicts;

/* `most` programs may be ended. To be released; any number of threads may use
 * it, each for turns of its own. */
struct verdicts *verdicts_new(unsigned most);
void verdicts_release(struct verdicts *v);

/* Why the expression is not to be tried in the search of this turn: an end
 * before it, or too many of them; "" where it is. */
struct str verdicts_ask(struct verdicts *v, uint32_t turn,
                        struct str expression);
/* The search of this turn, which asked for it, was ended there: `why`, a static
 * text. */
void verdicts_add(struct verdicts *v, uint32_t turn, struct str expression,
                  struct str why);
/*
 * Whether the search of this turn heard what it has to hear. Where it did not,
 * what it said is forgotten, and it has to run again before the next turn is
 * looked at. For one thread, when all searches have ended; turn by turn, 0 first.
 */
bool verdicts_stand(struct verdicts *v, uint32_t turn);

#endif
