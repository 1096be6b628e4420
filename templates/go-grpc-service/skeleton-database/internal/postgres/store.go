package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"service/internal/slots"
)

// Store implements [slots.Store].
type Store struct {
	pool *pgxpool.Pool
}

var _ slots.Store = (*Store)(nil)

// NewStore makes a store on a pool, which stays the caller's to close.
func NewStore(pool *pgxpool.Pool) *Store {
	return &Store{pool: pool}
}

const columns = "id, area, starts_at, ends_at, capacity, reserved"

// Create implements [slots.Store].
func (s *Store) Create(ctx context.Context, slot slots.Slot) error {
	_, err := s.pool.Exec(ctx,
		`INSERT INTO slots (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6)`,
		slot.ID, slot.Area, slot.StartsAt, slot.EndsAt, slot.Capacity, slot.Reserved)
	if err != nil {
		return fmt.Errorf("create slot: %w", err)
	}
	return nil
}

// List implements [slots.Store].
func (s *Store) List(ctx context.Context, query slots.Query) ([]slots.Slot, error) {
	after := slots.Cursor{StartsAt: query.From}
	if query.After != nil {
		after = *query.After
	}
	// No id is empty, so the cursor of the first page leaves nothing out.
	rows, err := s.pool.Query(ctx, `SELECT `+columns+` FROM slots
		WHERE area = $1 AND starts_at >= $2 AND (starts_at, id COLLATE "C") > ($3, $4)
		ORDER BY starts_at, id COLLATE "C" LIMIT $5`,
		query.Area, query.From, after.StartsAt, after.ID, query.Limit)
	if err != nil {
		return nil, fmt.Errorf("list slots: %w", err)
	}
	found, err := pgx.CollectRows(rows, toSlot)
	if err != nil {
		return nil, fmt.Errorf("list slots: %w", err)
	}
	return found, nil
}

// Reserve implements [slots.Store].
func (s *Store) Reserve(ctx context.Context, slotID, orderID string) (slots.Slot, error) {
	return s.change(ctx, slotID, func(tx pgx.Tx, slot slots.Slot) (int, error) {
		inserted, err := tx.Exec(ctx,
			`INSERT INTO reservations (slot_id, order_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
			slotID, orderID)
		if err != nil {
			return 0, fmt.Errorf("reserve slot: %w", err)
		}
		if inserted.RowsAffected() == 0 {
			return 0, nil // Reserved before.
		}
		if slot.Reserved >= slot.Capacity {
			return 0, slots.ErrFull // Rolls the insert back.
		}
		return 1, nil
	})
}

// Release implements [slots.Store].
func (s *Store) Release(ctx context.Context, slotID, orderID string) (slots.Slot, error) {
	return s.change(ctx, slotID, func(tx pgx.Tx, _ slots.Slot) (int, error) {
		deleted, err := tx.Exec(ctx,
			`DELETE FROM reservations WHERE slot_id = $1 AND order_id = $2`, slotID, orderID)
		if err != nil {
			return 0, fmt.Errorf("release slot: %w", err)
		}
		return -int(deleted.RowsAffected()), nil
	})
}

// change holds the slot's row, so that two orders never see the same last
// place, and adds what do returns to its reservations.
func (s *Store) change(
	ctx context.Context, slotID string, do func(pgx.Tx, slots.Slot) (int, error),
) (changed slots.Slot, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		slot, err := one(ctx, tx, `SELECT `+columns+` FROM slots WHERE id = $1 FOR UPDATE`, slotID)
		if err != nil {
			return err
		}
		places, err := do(tx, slot)
		if err != nil {
			return err
		}
		changed, err = one(ctx, tx,
			`UPDATE slots SET reserved = reserved + $2 WHERE id = $1 RETURNING `+columns, slotID, places)
		return err
	})
	if err != nil {
		return slots.Slot{}, fmt.Errorf("change slot: %w", err)
	}
	return changed, nil
}

func one(ctx context.Context, tx pgx.Tx, query string, args ...any) (slots.Slot, error) {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return slots.Slot{}, fmt.Errorf("read slot: %w", err)
	}
	slot, err := pgx.CollectExactlyOneRow(rows, toSlot)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return slots.Slot{}, slots.ErrNotFound
	case err != nil:
		return slots.Slot{}, fmt.Errorf("read slot: %w", err)
	}
	return slot, nil
}

func toSlot(row pgx.CollectableRow) (slots.Slot, error) {
	var s slots.Slot
	err := row.Scan(&s.ID, &s.Area, &s.StartsAt, &s.EndsAt, &s.Capacity, &s.Reserved)
	if err != nil {
		return slots.Slot{}, fmt.Errorf("scan slot: %w", err)
	}
	return s, nil
}
