// Command masterminds prints what Masterminds' semver library and Go's regexp answer, as Flux asks them.
//
// The image reflector of Flux reads a tag as a version with fluxcd/pkg/version (strict, one leading v), checks it
// against a range with this library, and takes the highest. Filters are Go regular expressions, an extraction is
// Regexp.ExpandString. Everything here is sorted or drawn from a fixed seed, so the same module version gives the same
// bytes.
package main

import (
	"encoding/json"
	"os"
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/Masterminds/semver/v3"
)

type golden struct {
	Library  string   `json:"library"`
	Versions []string `json:"versions"`
	// One character for each version: s strict as Flux reads tags, c only when coerced, - never.
	Readable string `json:"readable"`
	// For each version one character for each version: < = >, and - where one of both is no version.
	Order []string `json:"order"`
	// For each range one character for each version: 1 satisfied, 0 not, - no version. A range that is none has ''.
	Ranges  map[string]string `json:"ranges"`
	Filters []filtered        `json:"filters"`
}

type filtered struct {
	Pattern string `json:"pattern"`
	Extract string `json:"extract"`
	// For each tag what is extracted; absent when the pattern does not match. Null for what is no pattern.
	Tags map[string]string `json:"tags"`
}

func main() {
	versions := allVersions()
	out := golden{Library: libraryVersion(), Versions: versions, Ranges: map[string]string{}, Filters: allFilters()}
	parsed := make([]*semver.Version, len(versions))
	for at, text := range versions {
		parsed[at], _ = semver.NewVersion(text)
		out.Readable += string(readable(text, parsed[at]))
	}
	for _, left := range parsed {
		out.Order = append(out.Order, row(parsed, func(right *semver.Version) byte {
			if left == nil {
				return '-'
			}
			return "<=>"[left.Compare(right)+1]
		}))
	}
	for _, text := range allRanges(versions) {
		out.Ranges[text] = ""
		if constraint, err := semver.NewConstraint(text); err == nil {
			out.Ranges[text] = row(parsed, func(version *semver.Version) byte {
				if constraint.Check(version) {
					return '1'
				}
				return '0'
			})
		}
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		panic(err)
	}
}

// As fluxcd/pkg/version reads a tag: strict, but for one leading v.
func readable(text string, coerced *semver.Version) byte {
	if coerced == nil {
		return '-'
	}
	if _, err := semver.StrictNewVersion(strings.TrimPrefix(text, "v")); err != nil {
		return 'c'
	}
	return 's'
}

func row(versions []*semver.Version, answer func(*semver.Version) byte) string {
	line := make([]byte, len(versions))
	for at, version := range versions {
		line[at] = '-'
		if version != nil {
			line[at] = answer(version)
		}
	}
	return string(line)
}

// As the reflector's RegexFilter does it: an empty extraction leaves the tag as it is.
func allFilters() []filtered {
	var all []filtered
	for _, each := range filters {
		result := filtered{Pattern: each.pattern, Extract: each.extract}
		pattern, err := regexp.Compile(each.pattern)
		if err != nil {
			all = append(all, result)
			continue
		}
		result.Tags = map[string]string{}
		for _, tag := range filterTags {
			found := pattern.FindStringSubmatchIndex(tag)
			if len(found) == 0 {
				continue
			}
			value := tag
			if each.extract != "" {
				value = string(pattern.ExpandString(nil, each.extract, tag, found))
			}
			result.Tags[tag] = value
		}
		all = append(all, result)
	}
	return all
}

func libraryVersion() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/Masterminds/semver/v3" {
			return module.Path + " " + module.Version
		}
	}
	return ""
}
