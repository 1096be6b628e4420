# METADATA
# title: References by digest
# description: By hand, as a pattern with so many repetitions takes long to compile.
package waymark.lib.digest

# What follows the last mark is that many hexadecimal digits.
follows(text, mark, lengths) if {
	parts := split(text, mark)
	count(parts) > 1
	digest := parts[count(parts) - 1]
	count(digest) in lengths
	trim(digest, "0123456789abcdef") == ""
}
