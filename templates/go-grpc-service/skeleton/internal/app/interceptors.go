package app

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// withTimeout ends calls whose caller set no shorter deadline.
func withTimeout(timeout time.Duration) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, _ *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		return next(ctx, req)
	}
}

// withLog writes one line per call, and keeps what went wrong inside: an error
// that is no gRPC status is logged, and the caller is told only its code.
func withLog(log *slog.Logger) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
		start := time.Now()
		resp, err := next(ctx, req)
		if isHealth(info.FullMethod) {
			return resp, err
		}
		visible := hideInternals(err)
		code := status.Code(visible)
		attrs := []slog.Attr{
			slog.String("method", info.FullMethod),
			slog.String("code", code.String()),
			slog.Duration("duration", time.Since(start)),
		}
		if err != nil {
			attrs = append(attrs, slog.String("error", err.Error()))
		}
		if span := trace.SpanContextFromContext(ctx); span.IsValid() {
			attrs = append(attrs, slog.String("trace_id", span.TraceID().String()))
		}
		log.LogAttrs(ctx, levelOf(code), "call", attrs...)
		return resp, visible
	}
}

// withRecovery turns a panic into an error, so that one bad call does not end
// the others.
func withRecovery(log *slog.Logger) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (resp any, err error) {
		defer func() {
			if cause := recover(); cause != nil {
				log.ErrorContext(ctx, "panic", "method", info.FullMethod,
					"cause", cause, "stack", string(debug.Stack()))
				resp, err = nil, errPanic
			}
		}()
		return next(ctx, req)
	}
}

var errPanic = errors.New("the handler panicked")

func hideInternals(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := status.FromError(err); ok {
		return err
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return status.Error(codes.DeadlineExceeded, "the call took too long")
	case errors.Is(err, context.Canceled):
		return status.Error(codes.Canceled, "the call was cancelled")
	default:
		return status.Error(codes.Internal, "internal error")
	}
}

// levelOf is error for what the service has to answer for.
func levelOf(code codes.Code) slog.Level {
	switch code {
	case codes.Unknown, codes.Internal, codes.DataLoss, codes.Unimplemented:
		return slog.LevelError
	case codes.DeadlineExceeded, codes.Unavailable:
		return slog.LevelWarn
	default:
		return slog.LevelInfo
	}
}

func isHealth(method string) bool {
	return strings.HasPrefix(method, "/grpc.health.v1.Health/")
}
