package qdranttest

import (
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// The kinds of errors, with Qdrant's codes and words.

func badInput(format string, args ...any) error {
	return status.Errorf(codes.InvalidArgument, "Wrong input: "+format, args...)
}

func badRequest(format string, args ...any) error {
	return status.Errorf(codes.InvalidArgument, "Bad request: "+format, args...)
}

func notFound(format string, args ...any) error {
	return status.Errorf(codes.NotFound, "Not found: "+format, args...)
}

// malformed is an error of a message that cannot be converted.
func malformed(format string, args ...any) error {
	return status.Errorf(codes.InvalidArgument, format, args...)
}

// invalid is an error of a field that validation refuses.
func invalid(field, format string, args ...any) error {
	return status.Errorf(codes.InvalidArgument, "Validation error in body: ["+field+": "+format+"]", args...)
}

func unimplemented(what string) error {
	return status.Errorf(codes.Unimplemented, "qdranttest has no %s", what)
}
