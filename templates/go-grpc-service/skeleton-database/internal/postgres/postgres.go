// Package postgres keeps slots in PostgreSQL.
package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/exaring/otelpgx"
	"github.com/jackc/pgx/v5/pgxpool"

	"service/internal/buildinfo"
	"service/internal/config"
)

var errURL = errors.New("DATABASE_URL is not a valid address of PostgreSQL")

// Open connects to the database and checks that it answers: a service that
// cannot reach its database at the start is not rolled out.
func Open(ctx context.Context, cfg config.Config) (*pgxpool.Pool, error) {
	settings, err := pgxpool.ParseConfig(cfg.DatabaseURL)
	if err != nil {
		return nil, errURL // The parser's own error repeats parts of the URL.
	}
	settings.MaxConns = int32(cfg.DatabaseMaxConns) //nolint:gosec // At most 200, see package config.
	settings.ConnConfig.RuntimeParams["application_name"] = buildinfo.Name
	settings.ConnConfig.Tracer = otelpgx.NewTracer()
	pool, err := pgxpool.NewWithConfig(ctx, settings)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	return pool, nil
}
