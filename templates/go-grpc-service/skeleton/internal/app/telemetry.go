package app

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.37.0"

	"service/internal/buildinfo"
)

// StartTraces sends traces by OTLP when an endpoint is set; the exporter reads
// the OTEL_EXPORTER_OTLP_* variables. Without one, spans cost next to nothing
// and the trace context of callers is still passed on.
//
// The function returned sends what is left.
func StartTraces(ctx context.Context, endpoint string) (func(context.Context) error, error) {
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(
		propagation.TraceContext{}, propagation.Baggage{}))
	if endpoint == "" {
		return func(context.Context) error { return nil }, nil
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("start traces: %w", err)
	}
	service, err := resource.New(ctx,
		resource.WithAttributes(
			semconv.ServiceName(buildinfo.Name),
			semconv.ServiceVersion(buildinfo.Revision())),
		// OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES count more.
		resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("describe the service for traces: %w", err)
	}
	provider := sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(exporter),
		sdktrace.WithResource(service))
	otel.SetTracerProvider(provider)
	return provider.Shutdown, nil
}
