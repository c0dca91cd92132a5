import { DnsLabel } from '@luban-ci/conventions';
import { messageOf } from '@luban-ci/core';
import { OrderKey } from '@luban-ci/edits';
import { parseRepositoryUrl } from '@luban-ci/forge';
import { isDigest, isTag, parseReference, parseRepository } from '@luban-ci/images';
import { z } from 'zod';

/**
 * Inputs that several steps have, each described and checked in one place. A schema is made when it is asked for: making
 * them all would cost each step some ten milliseconds at its start.
 */
export const fields = {
  get repoUrl() {
    return repositoryUrl('Address of the source repository, without credentials.');
  },
  get gitopsRepoUrl() {
    return repositoryUrl('Address of the GitOps repository, without credentials.');
  },
  get projectName() {
    return DnsLabel.describe('Project of the team that owns the application.');
  },
  get appName() {
    return DnsLabel.describe('Name of the application.');
  },
  get deployEnv() {
    return DnsLabel.describe('Environment, as luban-config lists them.');
  },
  get revision() {
    return commitId('Full id of the source commit.');
  },
  get image() {
    return repositoryOfImage('Image repository, without tag and digest.');
  },
  get imageTag() {
    return z
      .string()
      .refine(isTag, 'expected an image tag: letters, digits, _ . - and at most 128 of them')
      .describe('Tag of the image.');
  },
  get digest() {
    return z
      .string()
      .refine(isDigest, 'expected sha256: and 64 hexadecimal digits')
      .describe('Digest of the image manifest.');
  },
  get orderKey() {
    return OrderKey().describe('When the build was asked for, in UTC; an older one never replaces a newer one.');
  },
  get branch() {
    return branchName('Branch of the GitOps repository; by default the one luban-config names for the environment.');
  },
};

/** An address that a forge would hand out; every other text is refused before anything is started with it. */
export function repositoryUrl(description: string) {
  return checked((text) => void parseRepositoryUrl(text)).describe(description);
}

export function commitId(description: string) {
  return z
    .string()
    .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'expected a full commit id, 40 or 64 lower-case hexadecimal digits')
    .describe(description);
}

export function repositoryOfImage(description: string) {
  return checked((text) => void parseRepository(text)).describe(description);
}

export function imageReference(description: string) {
  return checked((text) => void parseReference(text)).describe(description);
}

/** The rules of git-check-ref-format(1), as far as they can be told without git. */
const gitName = /^(?![-/.])(?!.*(\.\.|\/\/|@\{|\/\.|\.lock$|[/.]$))[^\p{Cc} ~^:?*[\\]+$/u;

export function branchName(description: string) {
  return z.string().min(1).max(200).regex(gitName, 'expected the name of a branch').describe(description);
}

/**
 * A branch, a tag, a full ref or a commit id, as an event or a person names it. What steps hand on of it becomes text
 * of workflows, so nothing may look like a reference of theirs.
 */
export function refName(description: string) {
  return z
    .string()
    .max(250)
    .regex(gitName, 'expected a branch, a tag, a full ref or a commit id')
    .refine((text) => !/[{}]{2}/.test(text), 'expected a name without {{ or }}, which workflows take for a reference')
    .describe(description);
}

function checked(check: (text: string) => void) {
  return z.string().superRefine((text, context) => {
    try {
      check(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: messageOf(error) });
    }
  });
}
