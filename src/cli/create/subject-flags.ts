import {Flags} from '@oclif/core'
import {repeatable} from '../flags/repeatable.js'
import type {SubjectOptions} from './rbac-subjects.js'

/** Whom a role is bound to. */
export const subjectFlags = {
  user: Flags.string({...repeatable, description: 'a user it is bound to (repeatable)', helpValue: 'NAME'}),
  group: Flags.string({...repeatable, description: 'a group it is bound to (repeatable)', helpValue: 'NAME'}),
  serviceaccount: Flags.string({...repeatable, description: 'a ServiceAccount it is bound to (repeatable)', helpValue: 'NAMESPACE:NAME'}),
}

type SubjectFlags = {readonly [name in keyof typeof subjectFlags]?: readonly string[] | undefined}

/** What `subjectFlags` say. */
export function subjectOptions({user: users = [], group: groups = [], serviceaccount: serviceAccounts = []}: SubjectFlags): SubjectOptions {
  return {users, groups, serviceAccounts}
}
