#ifndef CA_TESTS_SCORING_SAMPLE_H
#define CA_TESTS_SCORING_SAMPLE_H

#include <check.h>

/*
 * Examples of the scoring rules, worked by hand: a template and a return made of the parts
 * an example is about, scored by the engine, and the result object looked into by path.
 *
 * The template's scale, of 100 marks: a 90 from 80, b 60 from 50, c 30 from 20, d 0.
 * The return is audited on 14 November 2023, a Tuesday.
 */

void sample_open(void);
void sample_close(void);

/* attributes: more of them on the template's root ("rollup='flat'"). body: all behind the
 * scale. answers: all behind the return's <audit>. */
void sample_score(const char *attributes, const char *body, const char *answers);
/* The same with a scale of one's own, or with flags (CASEAUDIT_ALLOW_INCOMPLETE). */
void sample_score_scale(const char *attributes, const char *scale, const char *body,
                        const char *answers);
void sample_score_flags(const char *attributes, const char *body, const char *answers,
                        unsigned flags);

/* What stands at "standards/x/score": keys, and in arrays numbers or ids. Scores have two
 * decimals; "null", "true", "false"; "absent" where there is nothing. Valid until the next. */
const char *sample_at(const char *path);

/* The messages of the result's errors or warnings, a line each. */
const char *sample_messages(const char *kind);

#define ck_at(path, wanted) ck_assert_str_eq(sample_at(path), wanted)

#endif
