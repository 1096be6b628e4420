package waymark.rules.burn_rate_alerts_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.burn_rate_alerts

test_takes_a_good_component if count(burn_rate_alerts.deny) == 0 with input as fixtures.facts

alert(name, expr) := fixtures.patched([
	{"op": "replace", "path": "/slo/alerts/0/name", "value": name},
	{"op": "replace", "path": "/slo/alerts/0/expr", "value": expr},
])

test_none if {
	every facts in [fixtures.set_of("/slo/alerts", []), fixtures.removed_of("/slo/alerts/0/expr")] {
		burn_rate_alerts.deny == {{"msg": "no alert compares the burn rate of the error budget over two windows"}} with input as facts
	}
}

test_one_window if {
	count(burn_rate_alerts.deny) == 1 with input as alert("TooManyErrors", "rate(errors_total[5m]) / rate(requests_total[5m]) > 0.05")
}

test_two_windows_of_something_else if {
	count(burn_rate_alerts.deny) == 1 with input as alert("DiskFills", "rate(disk_bytes[5m]) > 2 * rate(disk_bytes[1h])")
}

test_every_way_to_write_it if {
	every expr in [
		"slo:sli_error:ratio_rate5m > 0.07 and slo:sli_error:ratio_rate1h > 0.07",
		"http:burnrate5m > 14 and http:burnrate1h > 14",
		"sum(rate(errors_total[5m])) > 0.07 and sum(rate(errors_total[1h])) > 0.07",
	] {
		count(burn_rate_alerts.deny) == 0 with input as alert("Spent", expr)
	}
}

test_a_library_needs_none if {
	not burn_rate_alerts.applies with input as fixtures.set_of("/catalog/entity/spec/type", "library")
}
