/**
 * The files whose text rules see. Of all others only the paths are facts: of
 * lock files, pictures and source code.
 */
const READABLE: readonly RegExp[] = [
  // What the catalog and the docs read.
  /(^|\/)catalog-info\.ya?ml$/,
  /(^|\/)mkdocs\.ya?ml$/,
  /^readme\.md$/i,
  /^docs\/(index|runbook|on-call)\.md$/i,
  /^\.waymark\/[^/]+\.ya?ml$/,
  /(^|\/)CODEOWNERS$/,
  // Pipelines, as GitHub and others have them.
  /^\.(github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/,
  /(^|\/)action\.ya?ml$/,
  /^\.gitlab-ci\.ya?ml$/,
  /^\.(drone|travis|woodpecker)\.ya?ml$/,
  /^\.?cloudbuild\.ya?ml$/,
  /^(azure|bitbucket)-pipelines\.ya?ml$/,
  /^\.(circleci\/config|buildkite\/pipeline)\.ya?ml$/,
  /^\.(tekton|woodpecker)\/[^/]+\.ya?ml$/,
  /^Jenkinsfile$/,
  // What keeps dependencies fresh.
  /(^|\/)(renovate\.json5?|\.renovaterc(\.json5?)?)$/,
  /^\.github\/dependabot\.ya?ml$/,
  // What is built, and from what.
  /(^|\/)(Dockerfile|Containerfile)[^/]*$/,
  /\.(dockerfile|containerfile)$/i,
  /(^|\/)\.dockerignore$/,
  /(^|\/)(compose|docker-compose)[^/]*\.ya?ml$/,
  /(^|\/)(package|composer)\.json$/,
  /(^|\/)(pyproject|Cargo)\.toml$/,
  /(^|\/)requirements[^/]*\.txt$/,
  /(^|\/)(go\.mod|pom\.xml|build\.gradle(\.kts)?|Gemfile|Pipfile|mix\.exs|pubspec\.ya?ml)$/,
  /(^|\/)\.(node-version|nvmrc|python-version|java-version|tool-versions)$/,
  // What is deployed.
  /(^|\/)Chart\.ya?ml$/,
  /^(charts?|helm|deploy|deployment|k8s|kubernetes|kustomize|manifests)\/.*\.(ya?ml|tpl)$/,
  // How reliability is stated and watched; dashboards are known by their paths.
  /^\.?(slos?|openslo)\/.*\.ya?ml$/,
  /^(monitoring|alerts|alerting|prometheus|observability)\/.*\.ya?ml$/,
  // Where secrets are found that should not be there.
  /(^|\/)\.env[^/]*$/,
  /\.(env|pem|key|tfvars|properties)$/,
  /(^|\/)(\.npmrc|\.pypirc|\.netrc|id_[a-z0-9]+)$/,
  /(^|\/)(settings|config|application|values|secrets?)[^/]*\.(ya?ml|json|toml)$/,
];

/** Copies of other people's files, and what tests feed on. */
const FOREIGN = /(^|\/)(node_modules|vendor|testdata|__fixtures__)\//;

export function isReadable(path: string): boolean {
  return !FOREIGN.test(path) && READABLE.some(pattern => pattern.test(path));
}
