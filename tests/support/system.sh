#!/bin/sh
# What the tests need of the system beside Python and Node. Root installs what is missing; others are told how.
set -eu

missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="$missing chromium"
fc-list 2>/dev/null | grep -qi "cjk" || missing="$missing fonts-noto-cjk fontconfig"
{ command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1 || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

command="apt-get update && apt-get install --yes --no-install-recommends$missing"
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "make test also needs:$missing" >&2
  echo "as root: $command" >&2
  exit 1
fi
echo "$command"
export DEBIAN_FRONTEND=noninteractive
# The tests start a cluster of their own: Debian's is neither made nor started.
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
apt-get update -qq
# shellcheck disable=SC2086
apt-get install --yes -qq --no-install-recommends $missing >/dev/null
