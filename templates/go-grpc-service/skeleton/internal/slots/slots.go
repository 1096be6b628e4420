// Package slots offers delivery slots and reserves them for orders.
package slots

import (
	"context"
	"errors"
	"time"
)

// What can go wrong that a caller can do something about.
var (
	ErrNotFound = errors.New("no such slot")
	ErrFull     = errors.New("the slot is full")
)

// Slot is a stretch of time in which an area is delivered to.
type Slot struct {
	ID       string
	Area     string
	StartsAt time.Time
	EndsAt   time.Time
	Capacity int32
	Reserved int32
}

// Cursor is the last slot of a page; the next page starts after it.
type Cursor struct {
	StartsAt time.Time
	ID       string
}

// Query asks for slots of one area, ordered by start and id.
type Query struct {
	Area string
	From time.Time
	// After is nil for the first page.
	After *Cursor
	Limit int
}

// Store keeps slots. What every store must do is tested by package slotstest.
type Store interface {
	Create(ctx context.Context, slot Slot) error
	List(ctx context.Context, query Query) ([]Slot, error)
	// Reserve takes a place, once per order. It returns [ErrNotFound] or [ErrFull].
	Reserve(ctx context.Context, slotID, orderID string) (Slot, error)
	// Release gives the place back, if there is one. It returns [ErrNotFound].
	Release(ctx context.Context, slotID, orderID string) (Slot, error)
}
