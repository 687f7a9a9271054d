import {formatAge} from '../age.js'
import type {Column} from '../resource-type.js'

export const ageColumn: Column = {name: 'Age', cell: ({metadata}, nowMs) => formatAge(metadata.creationTimestamp, nowMs)}
