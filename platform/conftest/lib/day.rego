# METADATA
# title: Days between two dates
# description: Without the builtins on time, which a compiled rule does not have.
package waymark.lib.day

between(first, last) := number(last) - number(first)

# The Julian day of "2026-12-31"; a time after it does not count.
number(text) := ((((day + floor(((153 * shifted) + 2) / 5)) + (365 * year)) + floor(year / 4)) - floor(year / 100)) + floor(year / 400) if {
	month := part(text, 5, 2)
	day := part(text, 8, 2)

	# A year from March to February has its odd day at the end.
	before_march := floor((14 - month) / 12)
	year := (part(text, 0, 4) + 4800) - before_march
	shifted := (month + (12 * before_march)) - 3
}

part(text, start, length) := to_number(substring(text, start, length))
