#!/bin/sh
# Install Chromium, Firefox and the OWL API from Debian's packages where they are missing and may be installed (as root).
set -e
missing=""
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium fonts-dejavu-core"
command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || missing="$missing firefox-esr"
command -v java >/dev/null 2>&1 || missing="$missing openjdk-17-jdk-headless"
[ -e /usr/share/java/owlapi-api.jar ] || missing="$missing libowlapi-java"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing$missing"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "not installed, so some tests are left out:$missing"
fi
