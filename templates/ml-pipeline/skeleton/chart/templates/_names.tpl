{{- define "pipeline.labels" -}}
app.kubernetes.io/name: {{ .Values.service.name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
backstage.io/kubernetes-id: {{ .Values.service.name | quote }}
waymark.dev/owner: {{ .Values.service.owner | quote }}
{{- end }}

{{- define "pipeline.image" -}}
{{- with .Values.service.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ required "service.image.tag or service.image.digest says which image to run" .tag }}
{{- end -}}
{{- end -}}
{{- end }}
