package slots

import (
	"regexp"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	slotsv1 "service/gen/delivery/slots/v1"
)

const maxCapacity = 1000

var (
	areaPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	idPattern   = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
)

func validID(id string) bool { return idPattern.MatchString(id) }

// violations collects what is wrong with a request, field by field.
type violations []*errdetails.BadRequest_FieldViolation

func (v *violations) require(ok bool, field, description string) {
	if !ok {
		*v = append(*v, &errdetails.BadRequest_FieldViolation{Field: field, Description: description})
	}
}

// err is nil when nothing is wrong, else INVALID_ARGUMENT with the fields.
func (v violations) err() error {
	if len(v) == 0 {
		return nil
	}
	invalid := status.New(codes.InvalidArgument, v[0].GetField()+" "+v[0].GetDescription())
	detailed, err := invalid.WithDetails(&errdetails.BadRequest{FieldViolations: v})
	if err != nil {
		return invalid.Err()
	}
	return detailed.Err()
}

func (v *violations) requireArea(area string) {
	v.require(len(area) <= 64 && areaPattern.MatchString(area), "area",
		"must be small letters, digits and single dashes, at most 64")
}

func validateCreate(req *slotsv1.CreateSlotRequest) error {
	var v violations
	v.requireArea(req.GetArea())
	starts, ends := req.GetStartsAt(), req.GetEndsAt()
	v.require(starts.IsValid(), "starts_at", "must be a time")
	v.require(ends.IsValid() && ends.AsTime().After(starts.AsTime()), "ends_at",
		"must be later than starts_at")
	v.require(req.GetCapacity() >= 1 && req.GetCapacity() <= maxCapacity, "capacity",
		"must be from 1 to 1000")
	return v.err()
}

func validateList(req *slotsv1.ListSlotsRequest) (*Cursor, error) {
	var v violations
	v.requireArea(req.GetArea())
	v.require(req.GetFrom() == nil || req.GetFrom().IsValid(), "from", "must be a time")
	v.require(req.GetPageSize() >= 0, "page_size", "must not be negative")
	after, err := parseCursor(req.GetPageToken())
	v.require(err == nil, "page_token", errPageToken.Error())
	return after, v.err()
}

func validateIDs(slotID, orderID string) error {
	var v violations
	const rule = "must be 1 to 64 letters, digits, dashes or underscores"
	v.require(validID(slotID), "slot_id", rule)
	v.require(validID(orderID), "order_id", rule)
	return v.err()
}
