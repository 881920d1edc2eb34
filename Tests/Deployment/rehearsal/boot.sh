#!/bin/bash
# The first process of the stand-in for the EC2 instance: its root is a copy on write of this machine's, its disks outlive it.
# Run in namespaces of its own (mount, process, network, hostname): boot.sh FOLDER CGROUP
set -euo pipefail
folder=$1 cgroup=$2
hostname bookrec-rehearsal
mount --make-rprivate /
root=$folder/root
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/disk/upper,workdir=$folder/disk/work" "$root"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/tmp"
mkdir -p "$root/var/lib/docker" "$root/run/sshd" "$root/run/lock" "$root/.before"
mount --bind "$folder/disk/docker" "$root/var/lib/docker" # overlay2 does not work on overlay
cd "$root"
pivot_root . .before
umount --lazy /.before
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
echo "$cgroup" >/run/containers-cgroup
/usr/local/sbin/start-docker
[ ! -e /etc/haproxy/haproxy.cfg ] || /usr/local/sbin/start-haproxy
# The first boot makes the host's key, as cloud-init does; sshd ends at once when it finds none.
if [ ! -e /etc/ssh/first-boot-done ]; then
    rm -f /etc/ssh/ssh_host_*_key*
    ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key
    touch /etc/ssh/first-boot-done
fi
/usr/sbin/sshd -D -e -o UsePAM=no >>/var/log/sshd.log 2>&1 &
sshd=$!
until [ -n "$(ss --no-header --listening --tcp --numeric 'sport = :22')" ]; do
    kill -0 "$sshd" 2>/dev/null || { echo "sshd ended:" && cat /var/log/sshd.log && exit 1; } >&2
    sleep 0.1
done
touch /run/booted
while true; do sleep 3600 & wait $! || true; done
