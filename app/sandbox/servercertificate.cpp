// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/servercertificate.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

namespace ChatApp {

namespace {

template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T* object) const
    {
        Free(object);
    }
};

using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using MemoryBio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;

constexpr long validitySeconds = 30L * 24 * 3600;
constexpr long versionThree = 2;

bool addExtension(X509* certificate, X509* issuer, int nid, const char* value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setSerial(X509* certificate)
{
    std::uint64_t serial = 0;
    return RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1
        && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1) == 1;
}

// `issuer` null: self-signed.
Certificate makeCertificate(EVP_PKEY* key, const char* name, X509* issuer, EVP_PKEY* issuerKey)
{
    Certificate certificate(X509_new());
    X509* x509 = certificate.get();
    X509_set_version(x509, versionThree);
    X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x509), validitySeconds);
    X509_set_pubkey(x509, key);
    X509_NAME* subject = X509_get_subject_name(x509);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    X509_set_issuer_name(x509, issuer ? X509_get_subject_name(issuer) : subject);
    const bool complete = issuer
        ? addExtension(x509, issuer, NID_basic_constraints, "critical,CA:FALSE")
            && addExtension(x509, issuer, NID_subject_alt_name,
                            "IP:127.0.0.1,IP:::1,DNS:localhost,DNS:*.localhost")
            && addExtension(x509, issuer, NID_ext_key_usage, "serverAuth")
        : addExtension(x509, x509, NID_basic_constraints, "critical,CA:TRUE")
            && addExtension(x509, x509, NID_key_usage, "critical,keyCertSign");
    if (!complete || !setSerial(x509) || X509_sign(x509, issuerKey, EVP_sha256()) == 0)
        return nullptr;
    return certificate;
}

QByteArray pemOf(X509* certificate)
{
    const MemoryBio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, size};
}

QByteArray pemOf(EVP_PKEY* key)
{
    const MemoryBio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, size};
}

bool writeFile(const QString& path, const QByteArray& content, QFile::Permissions permissions)
{
    QFile::remove(path);
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly) && file.setPermissions(permissions)
        && file.write(content) == content.size() && file.flush();
}

} // namespace

Result<SandboxCertificate> makeSandboxCertificate(const QString& folder)
{
    const Key caKey(EVP_EC_gen("P-256"));
    const Key key(EVP_EC_gen("P-256"));
    const Certificate ca =
        makeCertificate(caKey.get(), "ChatApp Uploader sandbox CA", nullptr, caKey.get());
    const Certificate leaf =
        ca ? makeCertificate(key.get(), "localhost", ca.get(), caKey.get()) : nullptr;
    if (!leaf)
        return Error{.kind = ErrorKind::Internal,
                     .message = QStringLiteral("OpenSSL makes no certificate")};
    const QDir dir(folder);
    const SandboxCertificate made{{dir.absoluteFilePath(QStringLiteral("sandbox-cert.pem")),
                                   dir.absoluteFilePath(QStringLiteral("sandbox-key.pem"))},
                                  dir.absoluteFilePath(QStringLiteral("sandbox-ca.pem"))};
    const auto mine = QFile::ReadOwner | QFile::WriteOwner;
    const auto everybodys = mine | QFile::ReadGroup | QFile::ReadOther;
    if (!dir.mkpath(QStringLiteral("."))
        || !writeFile(made.tls.certificateFile, pemOf(leaf.get()), everybodys)
        || !writeFile(made.tls.keyFile, pemOf(key.get()), mine)
        || !writeFile(made.caFile, pemOf(ca.get()), everybodys))
        return Error{.kind = ErrorKind::DiskFull,
                     .message = QStringLiteral("cannot write to %1").arg(folder)};
    return made;
}

} // namespace ChatApp
