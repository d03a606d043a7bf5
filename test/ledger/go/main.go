// Checks what the ledger writes with the verifiers of Go's checksum database. The first argument is a verifier key;
// each line of standard input is a JSON object, and the answer to it is one line: "ok", or why not.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const firstLine = "c2sp.org/tlog-proof@v1"

// claim is a record with its tlog-proof or, without a proof, two checkpoints and what shows that they are consistent.
// JSON has byte slices in base64.
type claim struct {
	Record      []byte
	Proof       string
	From        string
	To          string
	Consistency [][]byte
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(vkey string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	keys := note.VerifierList(verifier)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c claim
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return err
		}
		fmt.Println(answer(check(c, keys)))
	}
	return lines.Err()
}

func answer(err error) string {
	if err == nil {
		return "ok"
	}
	return err.Error()
}

func check(c claim, keys note.Verifiers) error {
	if c.Proof != "" {
		return checkRecord(c, keys)
	}
	from, err := open(c.From, keys)
	if err != nil {
		return err
	}
	to, err := open(c.To, keys)
	if err != nil {
		return err
	}
	var proof tlog.TreeProof
	for _, bytes := range c.Consistency {
		proof = append(proof, hashOf(bytes))
	}
	return tlog.CheckTree(proof, to.N, to.Hash, from.N, from.Hash)
}

func checkRecord(c claim, keys note.Verifiers) error {
	head, checkpoint, found := strings.Cut(c.Proof, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != firstLine {
		return errors.New("malformed proof")
	}
	tree, err := open(checkpoint, keys)
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(c.Record))
}

func open(checkpoint string, keys note.Verifiers) (tlog.Tree, error) {
	opened, err := note.Open([]byte(checkpoint), keys)
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 {
		return tlog.Tree{}, errors.New("malformed checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

func hashOf(bytes []byte) tlog.Hash {
	var hash tlog.Hash
	copy(hash[:], bytes)
	return hash
}
