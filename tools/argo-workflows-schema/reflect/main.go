// Command reflect prints a closed JSON Schema (2020-12) of Argo's kinds, read off Argo's own Go types by reflection.
//
// What decides is how encoding/json reads a type: its json tags, inlined structs, omitempty. Types with a reader of
// their own are listed in custom.go. The output is sorted, so that the same module version gives the same bytes.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"

	wfv1 "github.com/argoproj/argo-workflows/v3/pkg/apis/workflow/v1alpha1"
)

type schema = map[string]any

var kinds = map[string]reflect.Type{
	"Workflow":                reflect.TypeFor[wfv1.Workflow](),
	"WorkflowTemplate":        reflect.TypeFor[wfv1.WorkflowTemplate](),
	"ClusterWorkflowTemplate": reflect.TypeFor[wfv1.ClusterWorkflowTemplate](),
	"CronWorkflow":            reflect.TypeFor[wfv1.CronWorkflow](),
	"WorkflowList":            reflect.TypeFor[wfv1.WorkflowList](),
}

func main() {
	defs := map[string]any{}
	for _, kind := range kinds {
		schemaOf(kind, defs)
	}
	// Only reached through the custom rule for ParallelSteps, so reflection does not come by.
	schemaOf(reflect.TypeFor[wfv1.WorkflowStep](), defs)
	for kind := range kinds {
		closeKind(defs[kind].(schema), kind)
	}
	document := schema{
		"$schema":  "https://json-schema.org/draft/2020-12/schema",
		"$comment": "Generated from github.com/argoproj/argo-workflows/v3 v3.7.14; see reflect/main.go.",
		"$defs":    defs,
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(document); err != nil {
		fmt.Fprintln(os.Stderr, "the schema cannot be written as JSON:", err)
		os.Exit(1)
	}
}

// closeKind pins apiVersion and kind of a top-level type, which TypeMeta leaves as free text.
func closeKind(definition schema, kind string) {
	properties := definition["properties"].(schema)
	properties["apiVersion"] = schema{"const": "argoproj.io/v1alpha1"}
	properties["kind"] = schema{"const": kind}
	definition["required"] = []string{"apiVersion", "kind", "metadata"}
	if kind != "WorkflowList" {
		definition["required"] = []string{"apiVersion", "kind", "metadata", "spec"}
	}
}

func schemaOf(t reflect.Type, defs map[string]any) schema {
	if by, ok := custom[t]; ok {
		return by
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem(), defs)
	case reflect.Struct:
		return reference(t, defs)
	case reflect.Map:
		return schema{"type": "object", "additionalProperties": schemaOf(t.Elem(), defs)}
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return schema{"type": "string"} // base64
		}
		return schema{"type": "array", "items": schemaOf(t.Elem(), defs)}
	case reflect.String:
		return stringSchema(t)
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.Float32, reflect.Float64:
		return schema{"type": "number"}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return schema{"type": "integer"}
	}
	panic(fmt.Sprintf("no rule for %s (%s): add it to custom.go", t, t.Kind()))
}

func stringSchema(t reflect.Type) schema {
	if values, ok := choices[t]; ok {
		return schema{"type": "string", "enum": values}
	}
	return schema{"type": "string"}
}

func reference(t reflect.Type, defs map[string]any) schema {
	name := nameOf(t)
	if _, done := defs[name]; !done {
		properties, required := schema{}, []string{}
		definition := schema{"type": "object", "additionalProperties": false, "properties": properties}
		defs[name] = definition // before the fields, because a template can hold a template
		collect(t, properties, &required, defs)
		if len(required) > 0 {
			definition["required"] = required
		}
	}
	return schema{"$ref": "#/$defs/" + name}
}

// collect adds the fields as encoding/json sees them: embedded and inlined structs count as fields of the outer one.
func collect(t reflect.Type, properties schema, required *[]string, defs map[string]any) {
	for i := range t.NumField() {
		field := t.Field(i)
		tag, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if tag == "-" || !field.IsExported() {
			continue
		}
		if tag == "" && (field.Anonymous || strings.Contains(options, "inline")) {
			collect(indirect(field.Type), properties, required, defs)
			continue
		}
		if tag == "" {
			tag = field.Name
		}
		properties[tag] = schemaOf(field.Type, defs)
		if isRequired(field, options) && !optionalField[nameOf(t)+"."+tag] {
			*required = append(*required, tag)
		}
	}
}

// isRequired follows the convention of Kubernetes' types: a field that is always written has to be given, unless its
// zero value is a valid answer (structs, booleans, slices).
func isRequired(field reflect.StructField, options string) bool {
	return !strings.Contains(options, "omitempty") && field.Type.Kind() == reflect.String
}

func indirect(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// nameOf is the bare name for Argo's own types and `group.version.Name` for those of Kubernetes.
func nameOf(t reflect.Type) string {
	path := t.PkgPath()
	if strings.Contains(path, "argo-workflows") {
		return t.Name()
	}
	segments := strings.Split(path, "/")
	return strings.Join(append(segments[max(0, len(segments)-2):], t.Name()), ".")
}
