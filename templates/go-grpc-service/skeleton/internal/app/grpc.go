package app

import (
	"log/slog"
	"time"

	grpcprom "github.com/grpc-ecosystem/go-grpc-middleware/providers/prometheus"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc/filters"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/reflection"

	slotsv1 "service/gen/delivery/slots/v1"
	"service/internal/config"
)

// newGRPCServer wires the API with everything around it. A call passes the
// interceptors from the first to the last: metrics see the code that the
// caller sees, the log sees the error behind it.
func newGRPCServer(cfg config.Config, log *slog.Logger, registry *prometheus.Registry, checks *health.Server, api slotsv1.SlotServiceServer) *grpc.Server {
	metrics := grpcprom.NewServerMetrics(grpcprom.WithServerHandlingTimeHistogram(
		grpcprom.WithHistogramBuckets([]float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 1, 2.5, 5, 10})))
	registry.MustRegister(metrics)

	server := grpc.NewServer(
		grpc.StatsHandler(otelgrpc.NewServerHandler(otelgrpc.WithFilter(filters.Not(filters.HealthCheck())))),
		grpc.MaxRecvMsgSize(cfg.MaxRequestBytes),
		// Connections end now and then, so that clients spread over new replicas.
		grpc.KeepaliveParams(keepalive.ServerParameters{
			MaxConnectionAge:      5 * time.Minute,
			MaxConnectionAgeGrace: 30 * time.Second,
		}),
		grpc.ChainUnaryInterceptor(
			metrics.UnaryServerInterceptor(),
			withLog(log),
			withRecovery(log),
			withTimeout(cfg.RequestTimeout),
		),
		// The API has no streams of its own; reflection and Watch do.
		grpc.ChainStreamInterceptor(metrics.StreamServerInterceptor()),
	)
	slotsv1.RegisterSlotServiceServer(server, api)
	healthv1.RegisterHealthServer(server, checks)
	if cfg.Reflection {
		reflection.Register(server)
	}
	// Every method starts at 0, so that the first error is an increase.
	metrics.InitializeMetrics(server)
	return server
}
