// Package app puts the service together, starts it and ends it.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"

	slotsv1 "service/gen/delivery/slots/v1"
	"service/internal/config"
)

// App is the service with its two servers.
type App struct {
	cfg      config.Config
	log      *slog.Logger
	health   *health.Server
	grpc     *grpc.Server
	admin    *http.Server
	draining atomic.Bool
}

// New puts the service together; nothing listens yet.
func New(cfg config.Config, log *slog.Logger, api slotsv1.SlotServiceServer) *App {
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		collectors.NewBuildInfoCollector())
	a := &App{cfg: cfg, log: log, health: health.NewServer()}
	a.grpc = newGRPCServer(cfg, log, registry, a.health, api)
	a.admin = newAdminServer(registry, &a.draining)
	return a
}

// Listen opens both ports as configured.
func Listen(ctx context.Context, cfg config.Config) (api, admin net.Listener, err error) {
	var lc net.ListenConfig
	api, err = lc.Listen(ctx, "tcp", net.JoinHostPort(cfg.Host, strconv.Itoa(cfg.Port)))
	if err != nil {
		return nil, nil, fmt.Errorf("open PORT: %w", err)
	}
	admin, err = lc.Listen(ctx, "tcp", net.JoinHostPort(cfg.Host, strconv.Itoa(cfg.MetricsPort)))
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open METRICS_PORT: %w", err), api.Close())
	}
	return api, admin, nil
}

// Serve answers on both listeners until ctx is done, and then ends without
// losing a call: not ready any more, a moment of serving on while load
// balancers look away, then the calls in flight.
//
// It returns an error when a server failed, or when calls had to be cut off.
func (a *App) Serve(ctx context.Context, api, admin net.Listener) error {
	failed := make(chan error, 2)
	go func() { failed <- a.grpc.Serve(api) }()
	go func() { failed <- a.admin.Serve(admin) }()
	a.log.Info("serving", "grpc", api.Addr().String(), "admin", admin.Addr().String())

	select {
	case err := <-failed:
		return errors.Join(fmt.Errorf("server failed: %w", err), a.close())
	case <-ctx.Done():
	}

	a.log.Info("draining", "delay", a.cfg.ShutdownDelay, "timeout", a.cfg.ShutdownTimeout)
	a.draining.Store(true)
	a.health.Shutdown()
	select {
	case err := <-failed:
		return errors.Join(fmt.Errorf("server failed: %w", err), a.close())
	case <-time.After(a.cfg.ShutdownDelay):
	}
	return a.close()
}

var errCutOff = errors.New("calls in flight took longer than SHUTDOWN_TIMEOUT_SECONDS and were cut off")

// close waits for the calls in flight, for as long as is allowed. The admin
// server goes last: it is how the rest is watched.
func (a *App) close() error {
	drained := make(chan struct{})
	go func() {
		a.grpc.GracefulStop()
		close(drained)
	}()
	var err error
	select {
	case <-drained:
	case <-time.After(a.cfg.ShutdownTimeout):
		a.grpc.Stop()
		err = errCutOff
	}
	return errors.Join(err, a.admin.Close())
}
