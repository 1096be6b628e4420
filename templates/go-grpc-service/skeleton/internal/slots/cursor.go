package slots

import (
	"encoding/base64"
	"errors"
	"strings"
	"time"
)

var errPageToken = errors.New("is not a token of an earlier page")

// token writes a cursor so that callers neither read nor build it.
func (c Cursor) token() string {
	return base64.RawURLEncoding.EncodeToString(
		[]byte(c.StartsAt.UTC().Format(time.RFC3339Nano) + " " + c.ID))
}

func parseCursor(token string) (*Cursor, error) {
	if token == "" {
		return nil, nil
	}
	decoded, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return nil, errPageToken
	}
	at, id, found := strings.Cut(string(decoded), " ")
	startsAt, err := time.Parse(time.RFC3339Nano, at)
	if err != nil || !found || !validID(id) {
		return nil, errPageToken
	}
	return &Cursor{StartsAt: startsAt, ID: id}, nil
}
