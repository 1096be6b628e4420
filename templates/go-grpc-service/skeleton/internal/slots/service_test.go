package slots_test

import (
	"fmt"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"

	slotsv1 "service/gen/delivery/slots/v1"
	"service/internal/slots"
	"service/internal/slots/memory"
)

var now = time.Date(2030, time.May, 1, 12, 0, 0, 0, time.UTC)

func newService() *slots.Service {
	return slots.NewService(memory.New(), func() time.Time { return now })
}

func at(hours int) *timestamppb.Timestamp {
	return timestamppb.New(now.Add(time.Duration(hours) * time.Hour))
}

func create(t *testing.T, service *slots.Service, hours int, capacity int32) *slotsv1.Slot {
	t.Helper()
	response, err := service.CreateSlot(t.Context(), &slotsv1.CreateSlotRequest{
		Area: "hamburg-altona", StartsAt: at(hours), EndsAt: at(hours + 1), Capacity: capacity,
	})
	if err != nil {
		t.Fatal(err)
	}
	return response.GetSlot()
}

func TestReserveUntilFullAndRelease(t *testing.T) {
	t.Parallel()
	service := newService()
	id := create(t, service, 1, 1).GetId()
	reserve := func(order string) error {
		_, err := service.ReserveSlot(t.Context(), &slotsv1.ReserveSlotRequest{SlotId: id, OrderId: order})
		return err
	}
	if err := reserve("order-1"); err != nil {
		t.Fatal(err)
	}
	if err := reserve("order-2"); status.Code(err) != codes.ResourceExhausted {
		t.Errorf("a full slot: got %v", err)
	}
	if _, err := service.ReleaseSlot(t.Context(), &slotsv1.ReleaseSlotRequest{SlotId: id, OrderId: "order-1"}); err != nil {
		t.Fatal(err)
	}
	if err := reserve("order-2"); err != nil {
		t.Errorf("a released place: got %v", err)
	}
}

func TestUnknownSlot(t *testing.T) {
	t.Parallel()
	service := newService()
	_, reserveErr := service.ReserveSlot(t.Context(), &slotsv1.ReserveSlotRequest{SlotId: "gone", OrderId: "o"})
	_, releaseErr := service.ReleaseSlot(t.Context(), &slotsv1.ReleaseSlotRequest{SlotId: "gone", OrderId: "o"})
	if status.Code(reserveErr) != codes.NotFound || status.Code(releaseErr) != codes.NotFound {
		t.Errorf("got %v and %v", reserveErr, releaseErr)
	}
}

func TestListPages(t *testing.T) {
	t.Parallel()
	service := newService()
	create(t, service, -1, 1) // Past: not listed unless asked for.
	var want []string
	for hours := range 5 {
		want = append(want, create(t, service, hours, 1).GetId())
	}
	request := &slotsv1.ListSlotsRequest{Area: "hamburg-altona", PageSize: 2}
	var got []string
	var pages int
	for {
		response, err := service.ListSlots(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		pages++
		for _, slot := range response.GetSlots() {
			got = append(got, slot.GetId())
		}
		if request.PageToken = response.GetNextPageToken(); request.GetPageToken() == "" {
			break
		}
	}
	if pages != 3 || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%d pages with %v, want 3 with %v", pages, got, want)
	}
	request = &slotsv1.ListSlotsRequest{Area: "hamburg-altona", From: at(-2), PageSize: 9999}
	response, err := service.ListSlots(t.Context(), request)
	if err != nil || len(response.GetSlots()) != 6 {
		t.Errorf("from the past on: %d slots, %v", len(response.GetSlots()), err)
	}
}

func TestInvalidRequests(t *testing.T) {
	t.Parallel()
	service := newService()
	valid := func(change func(*slotsv1.CreateSlotRequest)) func() error {
		request := &slotsv1.CreateSlotRequest{Area: "bremen", StartsAt: at(1), EndsAt: at(2), Capacity: 1}
		change(request)
		return func() error {
			_, err := service.CreateSlot(t.Context(), request)
			return err
		}
	}
	list := func(request *slotsv1.ListSlotsRequest) func() error {
		return func() error {
			_, err := service.ListSlots(t.Context(), request)
			return err
		}
	}
	reserve := func(slot, order string) func() error {
		return func() error {
			_, err := service.ReserveSlot(t.Context(), &slotsv1.ReserveSlotRequest{SlotId: slot, OrderId: order})
			return err
		}
	}
	tests := map[string]struct {
		call  func() error
		field string
	}{
		"no area":               {valid(func(r *slotsv1.CreateSlotRequest) { r.Area = "" }), "area"},
		"area in capitals":      {valid(func(r *slotsv1.CreateSlotRequest) { r.Area = "Kiel" }), "area"},
		"no start":              {valid(func(r *slotsv1.CreateSlotRequest) { r.StartsAt = nil }), "starts_at"},
		"ends before it starts": {valid(func(r *slotsv1.CreateSlotRequest) { r.EndsAt = at(0) }), "ends_at"},
		"no capacity":           {valid(func(r *slotsv1.CreateSlotRequest) { r.Capacity = 0 }), "capacity"},
		"too much capacity":     {valid(func(r *slotsv1.CreateSlotRequest) { r.Capacity = 1001 }), "capacity"},
		"list without area":     {list(&slotsv1.ListSlotsRequest{}), "area"},
		"negative page size":    {list(&slotsv1.ListSlotsRequest{Area: "bremen", PageSize: -1}), "page_size"},
		"page token, no base64": {list(&slotsv1.ListSlotsRequest{Area: "bremen", PageToken: "!"}), "page_token"},
		"page token, made up":   {list(&slotsv1.ListSlotsRequest{Area: "bremen", PageToken: "aGVsbG8"}), "page_token"},
		"no slot id":            {reserve("", "order"), "slot_id"},
		"order id with a space": {reserve("slot", "o 1"), "order_id"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			problem := status.Convert(test.call())
			if problem.Code() != codes.InvalidArgument || len(problem.Details()) != 1 {
				t.Fatalf("got %v", problem)
			}
			details, ok := problem.Details()[0].(*errdetails.BadRequest)
			if !ok || details.GetFieldViolations()[0].GetField() != test.field {
				t.Errorf("got %v, want a violation of %s", problem.Details(), test.field)
			}
		})
	}
}
