#!/usr/bin/env bash
# Installs what the tests need besides npm packages, where it is missing and this is Debian: a browser with Chinese letters, and
# Java for AWS's own DynamoDB Local.
set -euo pipefail
wanted=()
command -v chromium >/dev/null || [ -n "${CHROMIUM:-}" ] || wanted+=(chromium)
ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || wanted+=(fonts-noto-cjk)
command -v java >/dev/null || wanted+=(openjdk-17-jre-headless)
[ ${#wanted[@]} -eq 0 ] && exit 0
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "The tests need ${wanted[*]}: please install them (on Debian: sudo apt-get install ${wanted[*]})." >&2
  exit 1
fi
echo "Installing ${wanted[*]} …"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
