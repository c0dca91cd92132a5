package main

import (
	"encoding/json"
	"reflect"

	wfv1 "github.com/argoproj/argo-workflows/v3/pkg/apis/workflow/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Types that read JSON by code of their own, and what that code accepts.
var custom = map[reflect.Type]schema{
	reflect.TypeFor[resource.Quantity]():    {"type": []string{"string", "number"}},
	reflect.TypeFor[intstr.IntOrString]():   {"type": []string{"string", "integer"}},
	reflect.TypeFor[metav1.Time]():          {"type": []string{"string", "null"}},
	reflect.TypeFor[metav1.MicroTime]():     {"type": []string{"string", "null"}},
	reflect.TypeFor[metav1.Duration]():      {"type": "string"},
	reflect.TypeFor[metav1.FieldsV1]():      {"type": "object"},
	reflect.TypeFor[runtime.RawExtension](): {"type": "object"},
	reflect.TypeFor[json.RawMessage]():      {},
	// anystring.go: whatever scalar is given becomes text.
	reflect.TypeFor[wfv1.AnyString](): {"type": []string{"string", "number", "boolean"}},
	// item.go keeps the value as it stands.
	reflect.TypeFor[wfv1.Item](): {},
	// amount.go
	reflect.TypeFor[wfv1.Amount](): {"type": "number"},
	// object_types.go, plugin_types.go: one free-form object.
	reflect.TypeFor[wfv1.Object](): {"type": "object"},
	reflect.TypeFor[wfv1.Plugin](): {"type": "object", "minProperties": 1, "maxProperties": 1},
	// workflow_types.go: a list of steps that run side by side.
	reflect.TypeFor[wfv1.ParallelSteps](): {"type": "array", "items": schema{"$ref": "#/$defs/WorkflowStep"}},
}

// Texts of which Argo or Kubernetes knows only these.
var choices = map[reflect.Type][]string{
	reflect.TypeFor[wfv1.RetryPolicy](): texts(wfv1.RetryPolicyAlways, wfv1.RetryPolicyOnError,
		wfv1.RetryPolicyOnFailure, wfv1.RetryPolicyOnTransientError),
	reflect.TypeFor[wfv1.PodGCStrategy](): texts(wfv1.PodGCOnPodNone, wfv1.PodGCOnPodCompletion,
		wfv1.PodGCOnPodSuccess, wfv1.PodGCOnWorkflowCompletion, wfv1.PodGCOnWorkflowSuccess),
	reflect.TypeFor[wfv1.ConcurrencyPolicy](): texts(wfv1.AllowConcurrent, wfv1.ForbidConcurrent,
		wfv1.ReplaceConcurrent),
	reflect.TypeFor[corev1.PullPolicy](): texts(corev1.PullAlways, corev1.PullIfNotPresent, corev1.PullNever),
}

// Argo fills these in, so that leaving them out is no mistake.
var optionalField = map[string]bool{
	"core.v1.Container.name": true, // becomes `main`
	"UserContainer.name":     true,
	"ScriptTemplate.name":    true,
	// `memoize.cache.configMap` uses the type of Kubernetes without its key.
	"core.v1.ConfigMapKeySelector.key": true,
}

func texts[T ~string](values ...T) []string {
	all := make([]string, 0, len(values))
	for _, value := range values {
		all = append(all, string(value))
	}
	return all
}
