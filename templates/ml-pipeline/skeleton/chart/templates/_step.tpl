{{/* One step: a pod that cannot be root, writes only where it must, and is tried
     again only where that can help. */}}
{{- define "pipeline.step" -}}
{{- $values := .root.Values -}}
activeDeadlineSeconds: {{ .deadline }}
retryStrategy:
  limit: '2'
  retryPolicy: Always
  # Wrong usage, refused data, a refused model and wrong configuration stay so.
  expression: lastRetry.exitCode not in ["2", "3", "4", "78"]
  backoff:
    duration: 1m
    factor: '2'
container:
  name: main
  image: {{ include "pipeline.image" .root | quote }}
  command: [python, -m, pipeline]
  args: {{ .arguments | toJson }}
  env:
    - name: RUN_ID
      value: {{ "{{workflow.name}}" | quote }}
    # A run that goes on after midnight still predicts the day it was made for.
    - name: RUN_DATE
      value: {{ "{{workflow.creationTimestamp.Y}}-{{workflow.creationTimestamp.m}}-{{workflow.creationTimestamp.d}}" | quote }}
    - name: WORK_DIR
      value: /work
    - name: REPORTS_DIR
      value: /work/reports
  envFrom:
    - configMapRef:
        name: {{ $values.service.name | quote }}
    {{- with $values.secretName }}
    - secretRef:
        name: {{ . | quote }}
    {{- end }}
  securityContext:
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    capabilities:
      drop: [ALL]
  resources: {{- toYaml .resources | nindent 4 }}
  volumeMounts:
    - name: work
      mountPath: /work
    {{- if $values.storage.claim }}
    - name: artifacts
      mountPath: /artifacts
    {{- end }}
    - name: tmp
      mountPath: /tmp
{{- end }}
