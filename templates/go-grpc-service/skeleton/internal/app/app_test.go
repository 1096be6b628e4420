package app_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"
	reflectionv1 "google.golang.org/grpc/reflection/grpc_reflection_v1"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"

	slotsv1 "service/gen/delivery/slots/v1"
	"service/internal/app"
	"service/internal/config"
)

// stub answers CreateSlot as a test says.
type stub struct {
	slotsv1.UnimplementedSlotServiceServer

	create func(context.Context) error
}

func (s stub) CreateSlot(ctx context.Context, _ *slotsv1.CreateSlotRequest) (*slotsv1.CreateSlotResponse, error) {
	return &slotsv1.CreateSlotResponse{}, s.create(ctx)
}

// running is a whole service: gRPC in memory, the admin port for real.
type running struct {
	conn     *grpc.ClientConn
	adminURL string
	log      *syncBuffer
	// stop sends the signal; the channel then gets what Serve returns.
	stop context.CancelFunc
	done chan error
}

func start(t *testing.T, cfg config.Config, create func(context.Context) error) *running {
	t.Helper()
	api := bufconn.Listen(1 << 20)
	var lc net.ListenConfig
	admin, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	conn, err := grpc.NewClient("passthrough:///service",
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return api.DialContext(ctx) }),
		grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	r := &running{
		conn: conn, adminURL: "http://" + admin.Addr().String(),
		log: &syncBuffer{}, stop: stop, done: make(chan error, 1),
	}
	service := app.New(cfg, slog.New(slog.NewJSONHandler(r.log, nil)), stub{create: create})
	go func() { r.done <- service.Serve(ctx, api, admin) }()
	t.Cleanup(func() {
		stop()
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func (r *running) create(ctx context.Context) error {
	_, err := slotsv1.NewSlotServiceClient(r.conn).CreateSlot(ctx, &slotsv1.CreateSlotRequest{})
	return err
}

func (r *running) get(t *testing.T, path string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.adminURL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func ordinary() config.Config {
	return config.Config{
		Reflection: true, MaxRequestBytes: 1 << 20, RequestTimeout: time.Minute, ShutdownTimeout: time.Minute,
	}
}

func TestHealthReflectionProbesAndMetrics(t *testing.T) {
	t.Parallel()
	r := start(t, ordinary(), func(context.Context) error { return nil })

	health, err := healthv1.NewHealthClient(r.conn).Check(t.Context(), &healthv1.HealthCheckRequest{})
	if err != nil || health.GetStatus() != healthv1.HealthCheckResponse_SERVING {
		t.Errorf("health: %v, %v", health, err)
	}

	stream, err := reflectionv1.NewServerReflectionClient(r.conn).ServerReflectionInfo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Send(&reflectionv1.ServerReflectionRequest{
		MessageRequest: &reflectionv1.ServerReflectionRequest_ListServices{},
	}); err != nil {
		t.Fatal(err)
	}
	services, err := stream.Recv()
	if err != nil || !strings.Contains(services.String(), "delivery.slots.v1.SlotService") {
		t.Errorf("reflection: %v, %v", services, err)
	}

	if err := r.create(t.Context()); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/healthz": "ok",
		"/readyz":  "ready",
		"/metrics": `grpc_server_handled_total{grpc_code="OK",grpc_method="CreateSlot",grpc_service="delivery.slots.v1.SlotService",grpc_type="unary"} 1`,
	} {
		if code, body := r.get(t, path); code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d, no %q", path, code, want)
		}
	}
}

func TestErrorsStayInside(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		create func(context.Context) error
		code   codes.Code
		// logged must be in the log, and must not reach the caller.
		logged string
	}{
		"an unknown error": {
			create: func(context.Context) error { return errors.New("password hunter2 refused") },
			code:   codes.Internal, logged: "hunter2",
		},
		"a panic": {
			create: func(context.Context) error { panic("hunter2") },
			code:   codes.Internal, logged: "hunter2",
		},
		"a deadline of a dependency": {
			create: func(context.Context) error { return errors.Join(errors.New("hunter2"), context.DeadlineExceeded) },
			code:   codes.DeadlineExceeded, logged: "hunter2",
		},
		"a status": {
			create: func(context.Context) error { return status.Error(codes.NotFound, "no such slot") },
			code:   codes.NotFound, logged: "NotFound",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, ordinary(), test.create)
			err := r.create(t.Context())
			if status.Code(err) != test.code {
				t.Errorf("got %v, want %v", err, test.code)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the caller is told %v", err)
			}
			if !strings.Contains(r.log.String(), test.logged) {
				t.Errorf("%q is not in the log:\n%s", test.logged, r.log)
			}
		})
	}
}

func TestCallsHaveADeadline(t *testing.T) {
	t.Parallel()
	cfg := ordinary()
	cfg.RequestTimeout = time.Millisecond
	r := start(t, cfg, func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	})
	if err := r.create(t.Context()); status.Code(err) != codes.DeadlineExceeded {
		t.Errorf("got %v", err)
	}
}

func TestShutdownFinishesCallsInFlight(t *testing.T) {
	t.Parallel()
	started, finish := make(chan struct{}), make(chan struct{})
	r := start(t, ordinary(), func(context.Context) error {
		close(started)
		<-finish
		return nil
	})
	answered := make(chan error, 1)
	go func() { answered <- r.create(context.WithoutCancel(t.Context())) }()
	<-started
	r.stop()
	// The admin port still answers, and says that no traffic is wanted.
	for code := http.StatusOK; code == http.StatusOK; {
		code, _ = r.get(t, "/readyz")
	}
	close(finish)
	if err := <-answered; err != nil {
		t.Errorf("the call in flight was lost: %v", err)
	}
	if err := <-r.done; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestShutdownCutsOffWhatTakesTooLong(t *testing.T) {
	t.Parallel()
	cfg := ordinary()
	cfg.ShutdownTimeout = time.Millisecond
	started := make(chan struct{})
	r := start(t, cfg, func(ctx context.Context) error {
		close(started)
		<-ctx.Done()
		return ctx.Err()
	})
	answered := make(chan error, 1)
	go func() { answered <- r.create(context.WithoutCancel(t.Context())) }()
	<-started
	r.stop()
	if err := <-r.done; err == nil || !strings.Contains(err.Error(), "SHUTDOWN_TIMEOUT_SECONDS") {
		t.Errorf("Serve: %v", err)
	}
	if err := <-answered; err == nil {
		t.Error("the call was answered")
	}
}
