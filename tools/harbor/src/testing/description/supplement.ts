/**
 * Statuses that Harbor's server answers with and its description leaves out. A label or a robot that is not there is a
 * NotFoundError of its manager (src/pkg/label, src/pkg/robot), which src/lib/http/error.go answers with 404.
 */
export const supplement: Readonly<Record<string, readonly string[]>> = {
  'DELETE /labels/{label_id}': ['404'],
  'DELETE /robots/{robot_id}': ['404'],
};
