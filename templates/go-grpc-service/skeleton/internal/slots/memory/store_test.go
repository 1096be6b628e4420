package memory_test

import (
	"testing"

	"service/internal/slots"
	"service/internal/slots/memory"
	"service/internal/slots/slotstest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	slotstest.TestStore(t, func(*testing.T) slots.Store { return memory.New() })
}
