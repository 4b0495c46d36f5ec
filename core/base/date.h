#ifndef CA_BASE_DATE_H
#define CA_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* Days since 1970-01-01 in the proleptic Gregorian calendar. */
typedef int32_t ca_date;
#define CA_NO_DATE INT32_MIN

ca_date ca_date_from_ymd(int year, int month, int day);
void ca_date_to_ymd(ca_date date, int *year, int *month, int *day);
int ca_days_in_month(int year, int month);
/* 0 Monday to 6 Sunday. */
int ca_weekday(ca_date date);

/* Exactly YYYY-MM-DD from 1900-01-01 to 2199-12-31; false leaves *out alone. */
bool ca_date_parse(const char *text, ca_date *out);

#define CA_DATE_SIZE 16
/* Writes YYYY-MM-DD and returns text; CA_NO_DATE writes an empty string. */
const char *ca_date_format(ca_date date, char text[CA_DATE_SIZE]);

/* "2023-24 Q3", quarters of the year that begins in April. */
#define CA_QUARTER_SIZE 16
const char *ca_quarter_format(ca_date date, char text[CA_QUARTER_SIZE]);

#endif
