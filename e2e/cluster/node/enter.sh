#!/bin/sh
# The first program in the namespaces of a node: makes a root of its own out of a Debian file system that is only read, and
# becomes an init that runs the given program there. The repository, the cache and the state keep their paths.
#
#   enter.sh <debian> <state> <repository> <cache> <program> [argument …]
set -eu
debian=$1 state=$2 repository=$3 cache=$4
shift 4

root=$state/root
mkdir -p "$root" "$state/above" "$state/work"
mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=$debian,upperdir=$state/above,workdir=$state/work" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t sysfs sysfs "$root/sys" 2> /dev/null || mount --rbind /sys "$root/sys" # a new one wants a network of its own
for folder in run tmp; do mount -t tmpfs tmpfs "$root/$folder"; done
for folder in "$repository" "$cache" "$state"; do
  mkdir -p "$root$folder"
  mount --rbind "$folder" "$root$folder"
done
for file in resolv.conf hosts; do cat "/etc/$file" > "$root/etc/$file"; done

# The groups of processes: one hierarchy (v2) or one for each resource (v1), seen from this node's own group.
groups=$root/sys/fs/cgroup
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  mount -t cgroup2 cgroup2 "$groups"
  mkdir "$groups/init" # a group that is divided may not have processes of its own
  for process in $(cat "$groups/cgroup.procs"); do echo "$process" > "$groups/init/cgroup.procs" || true; done
  sed 's/\(^\| \)/\1+/g' "$groups/cgroup.controllers" > "$groups/cgroup.subtree_control"
else
  mount -t tmpfs tmpfs "$groups"
  awk '$4 == 1 && NR > 1 { print $1 }' /proc/cgroups | while read -r resource; do
    mkdir "$groups/$resource"
    mount -t cgroup -o "$resource" cgroup "$groups/$resource" 2> /dev/null || rmdir "$groups/$resource"
  done
fi

cd "$root"
mkdir -p machine
pivot_root . machine
cd /
umount --lazy /machine
mount --make-rshared / # what is mounted for a pod is seen in it
exec /usr/bin/tini -s -- "$@"
