import { z } from 'zod';

/** Definitions of Harbor's description, as far as they are read. */
export const Project = z.object({
  project_id: z.number(),
  name: z.string(),
  metadata: z.object({ public: z.string().nullish() }).nullish(),
});

export const Access = z.object({ resource: z.string(), action: z.string(), effect: z.string().nullish() });

export const Robot = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string().nullish(),
  level: z.string(),
  disable: z.boolean().nullish(),
  duration: z.number().nullish(),
  permissions: z.array(z.object({ kind: z.string(), namespace: z.string(), access: z.array(Access) })).nullish(),
});
export type Robot = z.output<typeof Robot>;

export const RobotCreated = z.object({ id: z.number(), name: z.string(), secret: z.string().min(1) });
export const RobotSecret = z.object({ secret: z.string().min(1) });
export const Deletable = z.object({ deletable: z.boolean(), message: z.string().nullish() });
export const Label = z.object({ id: z.number(), name: z.string() });
export const Errors = z.object({ errors: z.array(z.object({ code: z.string().nullish(), message: z.string() })) });
