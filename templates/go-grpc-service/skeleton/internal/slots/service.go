package slots

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"

	slotsv1 "service/gen/delivery/slots/v1"
)

const (
	defaultPageSize = 50
	maxPageSize     = 200
)

// Service answers the calls of slots.proto.
type Service struct {
	slotsv1.UnimplementedSlotServiceServer

	store Store
	now   func() time.Time
}

// NewService makes a service; now is [time.Now] except in tests.
func NewService(store Store, now func() time.Time) *Service {
	return &Service{store: store, now: now}
}

// CreateSlot implements [slotsv1.SlotServiceServer].
func (s *Service) CreateSlot(ctx context.Context, req *slotsv1.CreateSlotRequest) (*slotsv1.CreateSlotResponse, error) {
	if err := validateCreate(req); err != nil {
		return nil, err
	}
	slot := Slot{
		ID:   rand.Text(),
		Area: req.GetArea(),
		// Stores keep microseconds, and the answer is what is kept.
		StartsAt: req.GetStartsAt().AsTime().Truncate(time.Microsecond),
		EndsAt:   req.GetEndsAt().AsTime().Truncate(time.Microsecond),
		Capacity: req.GetCapacity(),
	}
	if err := s.store.Create(ctx, slot); err != nil {
		return nil, toStatus(err)
	}
	return &slotsv1.CreateSlotResponse{Slot: toProto(slot)}, nil
}

// ListSlots implements [slotsv1.SlotServiceServer].
func (s *Service) ListSlots(ctx context.Context, req *slotsv1.ListSlotsRequest) (*slotsv1.ListSlotsResponse, error) {
	after, err := validateList(req)
	if err != nil {
		return nil, err
	}
	query := Query{Area: req.GetArea(), From: s.now(), After: after, Limit: defaultPageSize}
	if req.GetFrom() != nil {
		query.From = req.GetFrom().AsTime()
	}
	if size := int(req.GetPageSize()); size > 0 {
		query.Limit = min(size, maxPageSize)
	}
	pageSize := query.Limit
	query.Limit++ // One more tells whether there is a next page.
	found, err := s.store.List(ctx, query)
	if err != nil {
		return nil, toStatus(err)
	}
	response := &slotsv1.ListSlotsResponse{}
	if len(found) > pageSize {
		found = found[:pageSize]
		last := found[pageSize-1]
		response.NextPageToken = Cursor{StartsAt: last.StartsAt, ID: last.ID}.token()
	}
	for _, slot := range found {
		response.Slots = append(response.Slots, toProto(slot))
	}
	return response, nil
}

// ReserveSlot implements [slotsv1.SlotServiceServer].
func (s *Service) ReserveSlot(ctx context.Context, req *slotsv1.ReserveSlotRequest) (*slotsv1.ReserveSlotResponse, error) {
	if err := validateIDs(req.GetSlotId(), req.GetOrderId()); err != nil {
		return nil, err
	}
	slot, err := s.store.Reserve(ctx, req.GetSlotId(), req.GetOrderId())
	if err != nil {
		return nil, toStatus(err)
	}
	return &slotsv1.ReserveSlotResponse{Slot: toProto(slot)}, nil
}

// ReleaseSlot implements [slotsv1.SlotServiceServer].
func (s *Service) ReleaseSlot(ctx context.Context, req *slotsv1.ReleaseSlotRequest) (*slotsv1.ReleaseSlotResponse, error) {
	if err := validateIDs(req.GetSlotId(), req.GetOrderId()); err != nil {
		return nil, err
	}
	slot, err := s.store.Release(ctx, req.GetSlotId(), req.GetOrderId())
	if err != nil {
		return nil, toStatus(err)
	}
	return &slotsv1.ReleaseSlotResponse{Slot: toProto(slot)}, nil
}

// toStatus gives errors a caller can act on their code. All others stay as
// they are: the server logs them and tells the caller nothing.
func toStatus(err error) error {
	switch {
	case errors.Is(err, ErrNotFound):
		return status.Error(codes.NotFound, ErrNotFound.Error())
	case errors.Is(err, ErrFull):
		return status.Error(codes.ResourceExhausted, ErrFull.Error())
	default:
		return err
	}
}

func toProto(slot Slot) *slotsv1.Slot {
	return &slotsv1.Slot{
		Id:       slot.ID,
		Area:     slot.Area,
		StartsAt: timestamppb.New(slot.StartsAt),
		EndsAt:   timestamppb.New(slot.EndsAt),
		Capacity: slot.Capacity,
		Reserved: slot.Reserved,
	}
}
