package qdranttest

import (
	"strings"
	"sync"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// store is all collections and aliases.
type store struct {
	mu          sync.RWMutex
	collections map[string]*collection
	aliases     map[string]string // to the names of collections
}

func (s *store) wipe() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.collections, s.aliases = map[string]*collection{}, map[string]string{}
}

// find returns the collection of a name or alias.
func (s *store) find(name string) (*collection, error) {
	if err := checkName(name, "/\x00"); err != nil {
		return nil, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if c := s.collections[name]; c != nil {
		return c, nil
	}
	if c := s.collections[s.aliases[name]]; c != nil {
		return c, nil
	}
	return nil, missingCollection(name)
}

func missingCollection(name string) error {
	return notFound("Collection `%s` doesn't exist!", name)
}

// checkName refuses names of a bad length or with one of the characters.
func checkName(name, forbidden string) error {
	if name == "" || len(name) > 255 {
		return invalid("collection_name", "value %q invalid, must be from 1 to 255 characters", name)
	}
	if i := strings.IndexAny(name, forbidden); i >= 0 {
		return invalid("collection_name", "collection name cannot contain %q char", name[i:i+1])
	}
	return nil
}

// create adds an empty collection.
func (s *store) create(request *qdrant.CreateCollection) error {
	name := request.GetCollectionName()
	if err := checkName(name, "<>:\"/\\|?*\x00\x1f"); err != nil {
		return err
	}
	c, err := newCollection(request)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.collections[name] != nil {
		return status.Errorf(codes.AlreadyExists, "Wrong input: Collection `%s` already exists!", name)
	}
	if _, taken := s.aliases[name]; taken {
		return badInput("Can't create collection with name %s. Alias with the same name already exists", name)
	}
	s.collections[name] = c
	return nil
}

// drop removes a collection, not an alias, and its aliases, and reports whether
// there was one.
func (s *store) drop(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.collections[name] == nil {
		return false
	}
	delete(s.collections, name)
	for alias, target := range s.aliases {
		if target == name {
			delete(s.aliases, alias)
		}
	}
	return true
}

// change carries out actions on aliases in one moment, but as Qdrant does: up
// to the first that fails.
func (s *store) change(actions []*qdrant.AliasOperations) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, action := range actions {
		if err := s.changeOne(action); err != nil {
			return err
		}
	}
	return nil
}

func (s *store) changeOne(action *qdrant.AliasOperations) error {
	switch a := action.GetAction().(type) {
	case *qdrant.AliasOperations_CreateAlias:
		return s.link(a.CreateAlias.GetAliasName(), a.CreateAlias.GetCollectionName())
	case *qdrant.AliasOperations_DeleteAlias:
		delete(s.aliases, a.DeleteAlias.GetAliasName())
		return nil
	case *qdrant.AliasOperations_RenameAlias:
		return s.rename(a.RenameAlias.GetOldAliasName(), a.RenameAlias.GetNewAliasName())
	default:
		return malformed("Malformed AliasOperation type")
	}
}

// link points an alias at a collection, also one that pointed elsewhere.
func (s *store) link(alias, name string) error {
	if s.collections[name] == nil {
		return missingCollection(name)
	}
	if s.collections[alias] != nil {
		return status.Errorf(codes.AlreadyExists, "Wrong input: Collection `%s` already exists!", alias)
	}
	s.aliases[alias] = name
	return nil
}

func (s *store) rename(from, to string) error {
	target, ok := s.aliases[from]
	if !ok {
		return notFound("Alias %s does not exists!", from)
	}
	delete(s.aliases, from)
	s.aliases[to] = target
	return nil
}
