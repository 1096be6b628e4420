# METADATA
# title: Who is paged
# description: As the catalog or the alerts' routes say.
package waymark.lib.paging

import data.waymark.lib.facts

annotations := [
	"ilert.com/integration-key",
	"opsgenie.com/component-selector",
	"opsgenie.com/team",
	"pagerduty.com/integration-key",
	"pagerduty.com/service-id",
	"splunk.com/on-call-routing-key",
	"splunk.com/on-call-team",
]

services contains facts.annotation(name) if some name in annotations

services contains service if some service in facts.slo.paging
