{{/* Labels by which the parts of one release find each other; never changed,
     because a Deployment's selector cannot be. */}}
{{- define "service.selector" -}}
app.kubernetes.io/name: {{ .Values.name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "service.labels" -}}
{{ include "service.selector" . }}
app.kubernetes.io/version: {{ include "service.version" . | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
backstage.io/kubernetes-id: {{ .Values.name | quote }}
waymark.dev/owner: {{ .Values.owner | quote }}
{{- end }}

{{/* A label takes 63 characters and no colon; a digest is shortened as git
     shortens a commit. */}}
{{- define "service.version" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.digest | trimPrefix "sha256:" | trunc 12 }}
{{- else -}}
{{ .Values.image.tag | trunc 63 }}
{{- end -}}
{{- end }}

{{- define "service.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ required "image.tag or image.digest says which image to run" .Values.image.tag }}
{{- end -}}
{{- end }}

{{/* Environment variables: what every service is told, then its own. */}}
{{- define "service.config" -}}
PORT: {{ .Values.ports.http | quote }}
METRICS_PORT: {{ .Values.ports.metrics | quote }}
SHUTDOWN_DELAY_SECONDS: {{ .Values.shutdown.delaySeconds | quote }}
SHUTDOWN_TIMEOUT_SECONDS: {{ .Values.shutdown.timeoutSeconds | quote }}
OTEL_SERVICE_NAME: {{ .Values.name | quote }}
OTEL_RESOURCE_ATTRIBUTES: {{ printf "service.version=%s,deployment.environment.name=%s" (include "service.version" .) .Values.environment | quote }}
{{- with .Values.tracing.endpoint }}
OTEL_EXPORTER_OTLP_ENDPOINT: {{ . | quote }}
{{- end }}
{{- range $name, $value := .Values.config }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end }}
