// Package slotstest says by tests what every [slots.Store] must do.
package slotstest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"service/internal/slots"
)

var noon = time.Date(2030, time.May, 1, 12, 0, 0, 0, time.UTC)

func slot(id string, hours int) slots.Slot {
	starts := noon.Add(time.Duration(hours) * time.Hour)
	return slots.Slot{
		ID: id, Area: "hamburg", StartsAt: starts, EndsAt: starts.Add(time.Hour), Capacity: 2,
	}
}

// TestStore runs every test on a store of its own, made empty by open.
func TestStore(t *testing.T, open func(*testing.T) slots.Store) {
	t.Helper()
	tests := map[string]func(*testing.T, slots.Store){
		"lists in order, page by page":      listsInOrder,
		"reserves once per order":           reservesOnce,
		"refuses when full":                 refusesWhenFull,
		"releases what is reserved":         releases,
		"does not know other slots":         knowsNoOthers,
		"never gives out more than it has":  reservesConcurrently,
		"lists an area without slots empty": listsEmpty,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

func create(t *testing.T, store slots.Store, all ...slots.Slot) {
	t.Helper()
	for _, s := range all {
		if err := store.Create(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}

func list(t *testing.T, store slots.Store, query slots.Query) []slots.Slot {
	t.Helper()
	found, err := store.List(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func listsInOrder(t *testing.T, store slots.Store) {
	t.Helper()
	elsewhere := slot("x", 1)
	elsewhere.Area = "bremen"
	create(t, store, slot("c", 2), slot("b", 1), slot("a", 1), slot("past", -1), elsewhere)

	first := list(t, store, slots.Query{Area: "hamburg", From: noon, Limit: 2})
	if len(first) != 2 || first[0].ID != "a" || first[1].ID != "b" {
		t.Fatalf("first page: %+v", first)
	}
	if !first[0].StartsAt.Equal(slot("a", 1).StartsAt) || !first[0].EndsAt.Equal(slot("a", 1).EndsAt) {
		t.Errorf("times have changed: %+v", first[0])
	}
	cursor := &slots.Cursor{StartsAt: first[1].StartsAt, ID: first[1].ID}
	second := list(t, store, slots.Query{Area: "hamburg", From: noon, After: cursor, Limit: 2})
	if len(second) != 1 || second[0].ID != "c" {
		t.Errorf("second page: %+v", second)
	}
}

func listsEmpty(t *testing.T, store slots.Store) {
	t.Helper()
	if found := list(t, store, slots.Query{Area: "kiel", From: noon, Limit: 5}); len(found) != 0 {
		t.Errorf("got %+v", found)
	}
}

func reservesOnce(t *testing.T, store slots.Store) {
	t.Helper()
	create(t, store, slot("a", 1))
	for range 2 {
		got, err := store.Reserve(t.Context(), "a", "order-1")
		if err != nil {
			t.Fatal(err)
		}
		if got.Reserved != 1 {
			t.Errorf("reserved %d, want 1", got.Reserved)
		}
	}
}

func refusesWhenFull(t *testing.T, store slots.Store) {
	t.Helper()
	create(t, store, slot("a", 1))
	for _, order := range []string{"order-1", "order-2"} {
		if _, err := store.Reserve(t.Context(), "a", order); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := store.Reserve(t.Context(), "a", "order-3"); !errors.Is(err, slots.ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
	// Who has a place keeps it, however often they ask.
	if _, err := store.Reserve(t.Context(), "a", "order-2"); err != nil {
		t.Error(err)
	}
}

func releases(t *testing.T, store slots.Store) {
	t.Helper()
	create(t, store, slot("a", 1))
	if _, err := store.Reserve(t.Context(), "a", "order-1"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		got, err := store.Release(t.Context(), "a", "order-1")
		if err != nil {
			t.Fatal(err)
		}
		if got.Reserved != 0 {
			t.Errorf("reserved %d, want 0", got.Reserved)
		}
	}
}

func knowsNoOthers(t *testing.T, store slots.Store) {
	t.Helper()
	if _, err := store.Reserve(t.Context(), "gone", "order-1"); !errors.Is(err, slots.ErrNotFound) {
		t.Errorf("reserve: got %v, want ErrNotFound", err)
	}
	if _, err := store.Release(t.Context(), "gone", "order-1"); !errors.Is(err, slots.ErrNotFound) {
		t.Errorf("release: got %v, want ErrNotFound", err)
	}
}

func reservesConcurrently(t *testing.T, store slots.Store) {
	t.Helper()
	create(t, store, slot("a", 1))
	var taken atomic.Int32
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			_, err := store.Reserve(t.Context(), "a", fmt.Sprintf("order-%d", i))
			switch {
			case err == nil:
				taken.Add(1)
			case !errors.Is(err, slots.ErrFull):
				t.Error(err)
			}
		})
	}
	group.Wait()
	if taken.Load() != 2 {
		t.Errorf("%d orders have a place, want 2", taken.Load())
	}
}
