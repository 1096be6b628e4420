package postgres

import (
	"context"
	"crypto/rand"
	"database/sql"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"service/internal/config"
	"service/internal/slots"
	"service/internal/slots/slotstest"
)

// newDatabase makes an empty schema of its own for one test, in the database
// that DATABASE_URL names, and removes it afterwards.
func newDatabase(t *testing.T) string {
	t.Helper()
	base := os.Getenv("DATABASE_URL")
	if base == "" {
		t.Skip("DATABASE_URL is not set: make test-database starts a PostgreSQL and sets it")
	}
	schema := "test_" + strings.ToLower(rand.Text())
	conn, err := pgx.Connect(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx := context.Background() // That of the test is done.
		if _, err := conn.Exec(ctx, "DROP SCHEMA "+schema+" CASCADE"); err != nil {
			t.Error(err)
		}
		if err := conn.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	address, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	query.Set("search_path", schema)
	address.RawQuery = query.Encode()
	return address.String()
}

func migrate(t *testing.T, address string) {
	t.Helper()
	if err := Migrate(t.Context(), address, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
}

func openSQL(t *testing.T, address string) *sql.DB {
	t.Helper()
	settings, err := pgx.ParseConfig(address)
	if err != nil {
		t.Fatal(err)
	}
	db := stdlib.OpenDB(*settings)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestStore(t *testing.T) {
	t.Parallel()
	slotstest.TestStore(t, func(t *testing.T) slots.Store {
		t.Helper()
		address := newDatabase(t)
		migrate(t, address)
		pool, err := Open(t.Context(), config.Config{DatabaseURL: address, DatabaseMaxConns: 4})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(pool.Close)
		return NewStore(pool)
	})
}

func TestMigrationsGoUpAndDown(t *testing.T) {
	t.Parallel()
	address := newDatabase(t)
	migrate(t, address)
	migrate(t, address) // Again changes nothing.

	provider, err := newProvider(openSQL(t, address))
	if err != nil {
		t.Fatal(err)
	}
	down, err := provider.DownTo(t.Context(), 0)
	if err != nil || len(down) == 0 {
		t.Fatalf("down: %v, %v", down, err)
	}
	migrate(t, address)
}

func TestErrorsDoNotRepeatTheURL(t *testing.T) {
	t.Parallel()
	const wrong = "postgres://service:hunter2@db:port/service"
	_, openErr := Open(t.Context(), config.Config{DatabaseURL: wrong})
	migrateErr := Migrate(t.Context(), wrong, slog.New(slog.DiscardHandler))
	for _, err := range []error{openErr, migrateErr} {
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("got %v", err)
		}
	}
}
