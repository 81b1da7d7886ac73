import type { Construct } from "constructs";
import type { Grantee } from "#constructs/core/policy.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";

export interface PicturesProps {
  /** Pages of other origins that upload: they may read what S3 answers. */
  readonly allowedOrigins: readonly string[];
}

/** Users' pictures: `uploads/`, which nobody is shown, and `avatars/`, which were checked (aws/pictures/keys.ts). */
export class Pictures extends PrivateBucket {
  constructor(scope: Construct, id: string, { allowedOrigins }: PicturesProps) {
    super(scope, id, { expireBelow: { "uploads/": 1 }, uploadOrigins: allowedOrigins });
  }

  /** Lets a function show pictures. */
  grantShow(grantee: Grantee): void {
    grantee.grant({ sid: "ShowPictures", actions: ["s3:GetObject"], resources: [`${this.bucketArn}/avatars/*`] });
  }

  /** Lets a function take uploads, whose forms act as it, and keep what it found to be a picture. */
  grantTake(grantee: Grantee): void {
    const uploads = `${this.bucketArn}/uploads/*`;
    const pictures = `${this.bucketArn}/avatars/*`;
    grantee.grant({
      sid: "TakeUploads",
      actions: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"],
      resources: [uploads],
    });
    grantee.grant({ sid: "KeepPictures", actions: ["s3:PutObject", "s3:DeleteObject"], resources: [pictures] });
  }
}
