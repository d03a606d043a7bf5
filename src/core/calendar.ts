import { moment } from './moment.ts';
import type { Moment } from './moment.ts';

/** A date of the Gregorian calendar in UTC; month and day count from 1. */
export type CalendarDate = { readonly year: number; readonly month: number; readonly day: number };

const DAY = 86_400_000;
/** Days of 400 years, after which the calendar repeats itself, and days from 0000-03-01 to 1970-01-01. */
const ERA = 146_097;
const EPOCH = 719_468;

/** The date that holds a moment. Source: https://howardhinnant.github.io/date_algorithms.html#civil_from_days */
export function dateOf(at: Moment): CalendarDate {
  const days = Math.floor(at / DAY) + EPOCH;
  const era = Math.floor(days / ERA);
  const ofEra = days - era * ERA;
  const ofLeaps =
    Math.floor(ofEra / 1460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096);
  const yearOfEra = Math.floor((ofEra - ofLeaps) / 365);
  const ofYear =
    ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}

/** 00:00 UTC of a date. Source: the same page, #days_from_civil */
export function startOfDate({ year: of, month, day }: CalendarDate): Moment {
  const year = month <= 2 ? of - 1 : of;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const ofEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + ofYear;
  return moment((era * ERA + ofEra - EPOCH) * DAY);
}

/** 00:00 UTC of a day written as `2026-11-23`. */
export function startOfDay(text: string): Moment {
  const [year = 1970, month = 1, day = 1] = text.split('-').map(Number);
  return startOfDate({ year, month, day });
}
