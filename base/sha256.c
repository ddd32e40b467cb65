/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sha256.h"

#include <glib.h>
#include <nettle/base16.h>
#include <nettle/sha2.h>

char *sha256_hex(const void *bytes, size_t len)
{
    struct sha256_ctx hash;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char *hex = g_malloc0(BASE16_ENCODE_LENGTH(sizeof digest) + 1);
    sha256_init(&hash);
    sha256_update(&hash, len, bytes);
    sha256_digest(&hash, sizeof digest, digest);
    base16_encode_update(hex, sizeof digest, digest);
    return hex;
}
