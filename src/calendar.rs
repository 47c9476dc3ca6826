//! Office hours, holidays and working minutes: the only arithmetic on time.
