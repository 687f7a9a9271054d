import {NotHereCommand} from '../cli/not-here-command.js'

export default class Debug extends NotHereCommand {
  static override summary = 'Say how to look into a pod here.'
  static override examples = ['<%= config.bin %> debug mypod -it --image=busybox']
  protected readonly answer = {
    why: 'pods are processes of this machine, so there is no container to add to one',
    instead: "use 'tshift exec -it POD -- sh': every program of this machine is there, with the pod's variables and network names",
  }
}
