# Checks of what the platform gives, as the pipeline runs them. They need helm,
# promtool, sloth and mkdocs.
.PHONY: chart compliance alerts slo docs

# The program of a checkout of Waymark: make compliance WAYMARK=../waymark/waymark
WAYMARK ?= ../waymark/waymark

chart/charts: chart/Chart.yaml
	helm dependency build chart
	@touch chart/charts

chart: chart/charts ## Check the Helm chart for every environment
	@for values in chart/env/*.yaml; do \
	  helm lint --strict --quiet chart --values $$values || exit 1; \
	done

compliance: ## Ask the platform's rules about this repository
	$(WAYMARK) compliance check .

alerts: ## Check and test the alert rules
	promtool check rules monitoring/alerts.yaml monitoring/slo-rules.yaml
	promtool test rules monitoring/alerts_test.yaml

slo: ## Write the rules of the SLO anew
	sloth generate --input slo/sloth.yaml --out monitoring/slo-rules.yaml

docs: ## Build the documentation as the portal does
	mkdocs build --strict
